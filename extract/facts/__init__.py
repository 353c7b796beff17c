"""Say of each figure its status, programme, place, period and actor; compare them."""
