#!/bin/sh
#SBATCH --array=1-3
#SBATCH --cpus-per-task=1
#SBATCH --time=00:10:00
KDBOOK_THREADS=$SLURM_CPUS_PER_TASK "$KDBOOK" run-experiment "$NOTEBOOK" \
    --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" --results results
