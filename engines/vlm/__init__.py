"""What engines that ask a vision-language model share: prompts, budgets, guards."""
