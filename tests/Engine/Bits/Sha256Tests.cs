using System.Text;
using Lacuna.Bits;

namespace Lacuna.Tests.Engine.Bits;

public unsafe class Sha256Tests
{
    [Theory]
    [InlineData("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData(
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")]
    [InlineData(
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
        "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1")]
    public void The_examples_of_FIPS_180_come_out(string text, string hash) => Assert.Equal(hash, HashOf(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void A_million_letters_a_come_out() =>
        Assert.Equal(
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
            HashOf(Enumerable.Repeat((byte)'a', 1_000_000).ToArray()));

    [Fact]
    public void Every_length_gives_the_runtime_s_hash()
    {
        var bytes = new byte[300];
        new Random(1).NextBytes(bytes);
        for (int length = 0; length <= bytes.Length; length++)
        {
            byte[] part = bytes[..length];
            Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(part)), HashOf(part));
        }
    }

    static string HashOf(byte[] bytes)
    {
        fixed (byte* first = bytes)
        {
            return Convert.ToHexStringLower(Sha256.Hash(first, bytes.Length));
        }
    }
}
