using System.Text;
using Lacuna.Interop;

namespace Lacuna.Tests.Abi;

/// <summary>What callers in C learn of an exception.</summary>
public class FaultTests
{
    [Fact]
    public void A_workers_exception_counts_as_the_callers()
    {
        Assert.Equal(Status.OutOfMemory, Fault.Record(new AggregateException(new InsufficientExecutionStackException())));
        Assert.Equal(Status.InvalidArgument, Fault.Record(new AggregateException(new ArgumentException("Too wide."))));
        Assert.Equal("Too wide.", Fault.Detail);
    }

    [Fact]
    public void An_unforeseen_exception_is_the_librarys_fault_and_named()
    {
        Assert.Equal(Status.Internal, Fault.Record(new InvalidOperationException("It\nbroke.")));
        Assert.Equal("InvalidOperationException: It broke.", Fault.Detail);
    }

    [Fact]
    public void A_detail_is_cut_at_a_whole_character()
    {
        Fault.Record(Status.InvalidArgument, "aé€z");
        Span<byte> text = stackalloc byte[6];
        text.Fill(0xA5);
        Assert.Equal(7, Fault.CopyDetail(text));
        Assert.Equal("aé\0", Encoding.UTF8.GetString(text[..4]));
    }

    [Fact]
    public void A_detail_belongs_to_its_thread()
    {
        Fault.Record(Status.InvalidArgument, "Mine.");
        string other = "unset";
        var thread = new Thread(() => other = Fault.Detail);
        thread.Start();
        thread.Join();
        Assert.Equal(("Mine.", ""), (Fault.Detail, other));
    }
}
