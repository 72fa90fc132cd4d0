using System.Runtime.CompilerServices;

namespace Lacuna.Kernels;

public static unsafe partial class RansDecodeIndexed
{
    /// <summary>Where decoding by vectors stands, and what it reads and writes.</summary>
    struct Progress
    {
        public ulong* Entries;
        public byte* Shifts;
        public int Tables;
        public byte* Indices;
        public short* Symbols;
        public byte* Words;
        public byte* End;
        public int Lanes;
        public int Lane;
        public int Count;
        public LaneRoom* Room;

        /// <summary>The words from here, at the end of a stream in a copy with room behind it.</summary>
        /// <param name="step">Bytes that are read at a time.</param>
        /// <param name="end">Receives the end of the words.</param>
        /// <param name="last">Receives the last place from which a whole step can be read.</param>
        public readonly byte* Padded(int step, out byte* end, out byte* last)
        {
            var left = (int)(End - Words);
            if (left >= step)
            {
                end = End;
                last = End - step;
                return Words;
            }

            byte* copy = Room->Words;
            new Span<byte>(copy, 2 * LaneRoom.VectorBytes).Clear();
            new Span<byte>(Words, left).CopyTo(new Span<byte>(copy, left));
            end = last = copy + left;
            return copy;
        }

        /// <summary>Goes past what has been decoded.</summary>
        public void Advance(int symbols, int indexBytes, int words)
        {
            Indices += symbols * (nint)indexBytes;
            Symbols += symbols;
            Words += words;
            Lane = (Lane + symbols) & (Lanes - 1);
        }
    }
}
