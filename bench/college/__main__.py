import sys

from bench.college import main

sys.exit(main())
