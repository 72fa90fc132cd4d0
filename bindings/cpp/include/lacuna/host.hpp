/* lacuna/host.hpp - what a program may give: memory, threads, progress. */

#ifndef LAC_HOST_HPP
#define LAC_HOST_HPP

#include "lacuna/base.hpp"
#include "lacuna/host.h"
#include "lacuna/media.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>

namespace lacuna {
inline namespace LACUNA_ERRORS {

/// Gives the large blocks. Must outlive all that was made with it, frames included.
class Memory {
public:
    virtual ~Memory() = default;

    /// Bytes at a multiple of `alignment`, a power of two of 64 at most; null where there are none.
    virtual void* allocate(std::size_t bytes, std::size_t alignment) noexcept = 0;
    virtual void release(void* memory, std::size_t bytes) noexcept = 0;
};

/// Gives the memory of frames. Must outlive them.
class FrameAllocator {
public:
    virtual ~FrameAllocator() = default;

    /// Sets planes and strides for format, width and height; false where it cannot.
    virtual bool allocate(lac_frame& frame, void*& cookie) noexcept = 0;
    virtual void release(const lac_frame& frame, void* cookie) noexcept = 0;
};

/// Hears the share done, 0 to 1; false ends the call with LAC_E_CANCELLED. What it throws comes out of the call.
using Progress = std::function<bool(double done)>;

/// One loop of the library's: each index is to be called once.
class Work {
public:
    Work(lac_work work, void* argument) noexcept : work_(work), argument_(argument) {}

    /// @param worker  0 to Runner::workers - 1; no two calls at the same time may have the same
    void operator()(std::uint32_t index, std::uint32_t worker) const noexcept { work_(argument_, index, worker); }

private:
    lac_work work_;
    void* argument_;
};

/// Runs the library's loops on the program's threads.
struct Runner {
    /// Calls that may run at the same time, 1 to 256.
    std::uint32_t workers = 0;

    /// Calls work(i, worker) for each i below count and returns true when all have returned. What it throws comes out of the call.
    std::function<bool(std::uint32_t count, const Work& work)> run;
};

namespace detail {

/// The functions that a decoder, an encoder or a call keeps, at an address that stays.
class Callbacks {
public:
    Callbacks(Progress progress, Runner runner) : progress_(std::move(progress)), runner_(std::move(runner)) {}

    lac_progress progress() noexcept
    {
        return progress_ ? lac_progress{this, &Callbacks::report} : lac_progress{nullptr, nullptr};
    }

    lac_runner runner() noexcept
    {
        return runner_.run ? lac_runner{this, runner_.workers, &Callbacks::run} : lac_runner{nullptr, 0, nullptr};
    }

#if defined(LACUNA_NO_EXCEPTIONS)
    void rethrow() noexcept {}
#else
    /// Throws what a callback threw, if one did.
    void rethrow()
    {
        if (std::exception_ptr raised = std::exchange(raised_, nullptr)) {
            std::rethrow_exception(raised);
        }
    }
#endif

private:
    static std::int32_t report(void* context, double done)
    {
        auto& self = *static_cast<Callbacks*>(context);
        return self.guarded([&] { return self.progress_(done); });
    }

    static std::int32_t run(void* context, lac_work work, void* argument, std::uint32_t count)
    {
        auto& self = *static_cast<Callbacks*>(context);
        return self.guarded([&] { return self.runner_.run(count, Work(work, argument)); });
    }

    /// 0 where the function returned true. Nothing may be thrown through the library.
    template <class F>
    std::int32_t guarded(const F& function) noexcept
    {
#if defined(LACUNA_NO_EXCEPTIONS)
        return function() ? 0 : 1;
#else
        try {
            return function() ? 0 : 1;
        } catch (...) {
            const std::lock_guard<std::mutex> lock(gate_);
            raised_ = std::current_exception();
            return 1;
        }
#endif
    }

    Progress progress_;
    Runner runner_;
#if !defined(LACUNA_NO_EXCEPTIONS)
    std::mutex gate_;
    std::exception_ptr raised_;
#endif
};

inline lac_memory to_c(Memory* memory) noexcept
{
    if (memory == nullptr) {
        return {nullptr, nullptr, nullptr};
    }

    return {memory,
        [](void* context, std::size_t bytes, std::size_t alignment) { return static_cast<Memory*>(context)->allocate(bytes, alignment); },
        [](void* context, void* block, std::size_t bytes) { static_cast<Memory*>(context)->release(block, bytes); }};
}

inline lac_frame_allocator to_c(FrameAllocator* allocator) noexcept
{
    if (allocator == nullptr) {
        return {nullptr, nullptr, nullptr};
    }

    return {allocator,
        [](void* context, lac_frame* frame, void** cookie) -> std::int32_t {
            return static_cast<FrameAllocator*>(context)->allocate(*frame, *cookie) ? 0 : 1;
        },
        [](void* context, const lac_frame* frame, void* cookie) {
            static_cast<FrameAllocator*>(context)->release(*frame, cookie);
        }};
}

} // namespace detail

} // namespace LACUNA_ERRORS
} // namespace lacuna

#endif
