#!/bin/sh
# Stands in for the engine that Prisma's command line would download: `generate` needs it to exist, everything else must fail loudly.
echo "Larder migrates without Prisma's schema engine: write migrations with \`npm run db:migration -- name\`; they are applied at start." >&2
exit 1
