"""Pages in two scripts, and how well each choice of engine reads them."""
