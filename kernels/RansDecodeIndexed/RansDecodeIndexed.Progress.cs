using System.Runtime.CompilerServices;

namespace Lacuna.Kernels;

public static unsafe partial class RansDecodeIndexed
{
    /// <summary>Where decoding by vectors stands, and what it reads and writes.</summary>
    struct Progress
    {
        public ulong* Entries;
        public int Tables;
        public byte* Indices;
        public uint* States;
        public int Lanes;
        public int Lane;
        public byte* Words;
        public byte* End;
        public short* Symbols;
        public int Count;
        public Room* Room;

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
            new Span<byte>(copy, 2 * WidestBytes).Clear();
            new Span<byte>(Words, left).CopyTo(new Span<byte>(copy, left));
            end = last = copy + left;
            return copy;
        }

        /// <summary>Divides states into planes: vector by vector the low halves, then the high halves.</summary>
        /// <param name="first">The first lane, a vector's first.</param>
        /// <param name="count">Lanes, a multiple of a vector's.</param>
        /// <param name="width">Lanes of a vector.</param>
        public readonly void Split(int first, int count, int width)
        {
            ushort* planes = Room->Aligned;
            for (int lane = first; lane < first + count; lane += width)
            for (int i = 0; i < width; i++)
            {
                planes[(2 * lane) + i] = (ushort)States[lane + i];
                planes[(2 * lane) + width + i] = (ushort)(States[lane + i] >> 16);
            }
        }

        /// <summary>The inverse of <see cref="Split"/>.</summary>
        public readonly void Join(int first, int count, int width)
        {
            ushort* planes = Room->Aligned;
            for (int lane = first; lane < first + count; lane += width)
            for (int i = 0; i < width; i++)
            {
                States[lane + i] = planes[(2 * lane) + i] | (uint)planes[(2 * lane) + width + i] << 16;
            }
        }

        /// <summary>Goes past what has been decoded.</summary>
        public void Advance(int symbols, int indexBytes, nint words, int lane)
        {
            Indices += symbols * (nint)indexBytes;
            Symbols += symbols;
            Words += words;
            Lane = lane;
        }
    }

    /// <summary>Working memory of a call, on the stack.</summary>
    struct Room
    {
        fixed byte aligned[(2 * sizeof(ushort) * MaxLanes) + WidestBytes + (2 * WidestBytes)];
        public fixed byte Words[2 * WidestBytes];
        public fixed byte Shifts[BlockSymbols];

        /// <summary>Two planes and a vector of slots, from a cache line on.</summary>
        public ushort* Aligned =>
            (ushort*)(((nuint)Unsafe.AsPointer(ref aligned[0]) + WidestBytes - 1) & ~(nuint)(WidestBytes - 1));
    }
}
