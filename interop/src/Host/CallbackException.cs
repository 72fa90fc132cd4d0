namespace Lacuna.Interop;

/// <summary>A function of the caller's failed, or broke its contract: LAC_E_CALLBACK_FAILED.</summary>
sealed class CallbackException(string message) : Exception(message);
