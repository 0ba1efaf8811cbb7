"""Pure rules of a breach: no disk, no clock, no French sentence, standard library only."""
