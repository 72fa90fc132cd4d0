using Lacuna.Interop;

namespace Lacuna.Tests.Abi;

/// <summary>A handle is told from a destroyed one, from one of another type and from any other number.</summary>
public unsafe class HandleTests
{
    [Fact]
    public void A_handle_gives_its_object_until_the_last_reference_goes()
    {
        var target = new Disposed();
        nint first = Handles.Own(target), second = first;
        Assert.Same(target, Handles.Borrow<Disposed>(first, "it"));
        Handles.Retain<Disposed>(first, "it");

        Handles.Release<Disposed>(&first, "it");
        Assert.Equal((0, 0), (first, target.Times));
        Assert.Same(target, Handles.Borrow<Disposed>(second, "it"));

        nint gone = second;
        Handles.Release<Disposed>(&second, "it");
        Assert.Equal((0, 1), (second, target.Times));
        Refused(gone, "it is not a handle of this type, or was destroyed.");
    }

    [Fact]
    public void A_slot_that_is_used_again_does_not_revive_former_handles()
    {
        nint former = Handles.Own(new Disposed());
        nint variable = former;
        Handles.Release<Disposed>(&variable, "it");
        var kept = new List<nint>();
        for (int i = 0; i < 1000; i++)
        {
            kept.Add(Handles.Own(new Disposed()));
        }

        Assert.DoesNotContain(former, kept);
        Assert.Equal(kept.Count, kept.Distinct().Count());
        Refused(former, "it is not a handle of this type, or was destroyed.");
        foreach (nint handle in kept)
        {
            variable = handle;
            Handles.Release<Disposed>(&variable, "it");
        }
    }

    [Fact]
    public void Nothing_else_passes_for_a_handle()
    {
        nint text = Handles.Own("of another type");
        Refused(text, "it is not a handle of this type, or was destroyed.");
        Refused(0, "it is null.");
        var random = new Random(1);
        for (int i = 0; i < 100_000; i++)
        {
            Refused((nint)(random.NextInt64() | (1L << 62)), "it is not a handle of this type, or was destroyed.");
        }

        nint variable = text;
        Assert.Throws<ArgumentException>(() => Release(text));
        Assert.Equal("of another type", Handles.Borrow<string>(text, "it"));
        Handles.Release<string>(&variable, "it");

        static void Release(nint handle) => Handles.Release<Disposed>(&handle, "it");
    }

    [Fact]
    public void Releasing_null_does_nothing()
    {
        nint none = 0;
        Handles.Release<Disposed>(null, "it");
        Handles.Release<Disposed>(&none, "it");
        Assert.Equal(0, none);
    }

    [Fact]
    public void Threads_share_the_table()
    {
        Parallel.For(0, 8, thread =>
        {
            for (int i = 0; i < 5000; i++)
            {
                var target = new Disposed();
                nint handle = Handles.Own(target);
                Assert.Same(target, Handles.Borrow<Disposed>(handle, "it"));
                Handles.Release<Disposed>(&handle, "it");
                Assert.Equal(1, target.Times);
            }
        });
    }

    static void Refused(nint handle, string text) =>
        Assert.Equal(text, Assert.Throws<ArgumentException>(() => Handles.Borrow<Disposed>(handle, "it")).Message);

    sealed class Disposed : IDisposable
    {
        public int Times { get; private set; }

        public void Dispose() => Times++;
    }
}
