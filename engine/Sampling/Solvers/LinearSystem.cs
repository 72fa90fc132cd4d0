namespace Lacuna.Sampling;

/// <summary>Systems of at most a few equations.</summary>
static class LinearSystem
{
    /// <summary>Gauss's elimination, pivots by magnitude.</summary>
    /// <param name="rows">Shape [n, n]; overwritten.</param>
    /// <param name="right">Shape [n]; overwritten with the solution, which is returned.</param>
    public static double[] Solve(double[,] rows, double[] right)
    {
        int n = right.Length;
        for (int column = 0; column < n; column++)
        {
            int pivot = column;
            for (int row = column + 1; row < n; row++)
            {
                pivot = Math.Abs(rows[row, column]) > Math.Abs(rows[pivot, column]) ? row : pivot;
            }

            for (int k = 0; k < n; k++)
            {
                (rows[column, k], rows[pivot, k]) = (rows[pivot, k], rows[column, k]);
            }

            (right[column], right[pivot]) = (right[pivot], right[column]);
            for (int row = 0; row < n; row++)
            {
                if (row != column)
                {
                    double factor = rows[row, column] / rows[column, column];
                    for (int k = column; k < n; k++)
                    {
                        rows[row, k] -= factor * rows[column, k];
                    }

                    right[row] -= factor * right[column];
                }
            }
        }

        for (int i = 0; i < n; i++)
        {
            right[i] /= rows[i, i];
        }

        return right;
    }
}
