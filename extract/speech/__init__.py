"""Find quotations, direct and indirect, and who says them."""
