using System.Runtime.InteropServices;

namespace Lacuna.Onnx;

/// <summary>An object of ONNX Runtime that this process owns, and the function that gives it back.</summary>
sealed unsafe class OrtHandle : SafeHandle
{
    readonly delegate* unmanaged<nint, void> release;

    public OrtHandle(nint value, delegate* unmanaged<nint, void> release)
        : base(0, ownsHandle: true)
    {
        this.release = release;
        SetHandle(value);
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>The object's address; the handle must be kept for as long as it is used.</summary>
    /// <exception cref="ObjectDisposedException">It has been given back.</exception>
    public nint Value => !IsClosed ? handle : throw new ObjectDisposedException(nameof(OrtHandle));

    protected override bool ReleaseHandle()
    {
        release(handle);
        return true;
    }
}
