// What a program gives to the library: memory, frames, threads, progress; and what becomes of its exceptions.

#include "check.hpp"
#include "lacuna/lacuna.hpp"

#include <atomic>
#include <memory>
#include <new>
#include <stdexcept>
#include <thread>

namespace {

/// Counts blocks, and has none from the n-th on.
class CountedMemory : public lacuna::Memory {
public:
    explicit CountedMemory(int limit) : limit_(limit) {}

    void* allocate(std::size_t bytes, std::size_t alignment) noexcept override
    {
        if (asked_++ >= limit_) {
            return nullptr;
        }

        held_++;
        return ::operator new(bytes, std::align_val_t(alignment), std::nothrow);
    }

    void release(void* memory, std::size_t) noexcept override
    {
        held_--;
        ::operator delete(memory, std::align_val_t(64));
    }

    int held() const { return held_; }
    int asked() const { return asked_; }

private:
    int limit_;
    std::atomic<int> asked_{0};
    std::atomic<int> held_{0};
};

/// Frames in memory of the test's, bottom row first.
class UpsideDown : public lacuna::FrameAllocator {
public:
    bool allocate(lac_frame& frame, void*& cookie) noexcept override
    {
        const std::ptrdiff_t stride = 4 * frame.width;
        auto* bytes = new std::uint8_t[static_cast<std::size_t>(stride * frame.height)];
        frame.planes[0] = bytes + stride * (frame.height - 1);
        frame.strides[0] = -stride;
        cookie = bytes;
        held_++;
        return true;
    }

    void release(const lac_frame&, void* cookie) noexcept override
    {
        delete[] static_cast<std::uint8_t*>(cookie);
        held_--;
    }

    int held() const { return held_; }

private:
    std::atomic<int> held_{0};
};

std::uint32_t check_of(const lacuna::Frame& frame)
{
    std::uint32_t check = 0;
    for (int y = 0; y < frame.height(); y++) {
        for (int x = 0; x < frame.width(); x++) {
            check = lacuna::crc32c(frame.row(y).subspan(static_cast<std::size_t>(x * lacuna::pixel_bytes(frame.format())), 3), check);
        }
    }

    return check;
}

/// Decodes the golden stream.
lacuna::Frame decoded(const Golden& golden, const lacuna::DecoderOptions& options)
{
    lacuna::Decoder decoder(options);
    decoder.send(golden.stream);
    return decoder.get().value();
}

void memory(const Golden& golden)
{
    CountedMemory plenty(1 << 30);
    lacuna::DecoderOptions options;
    options.memory = &plenty;
    {
        const lacuna::Frame frame = decoded(golden, options);
        CHECK(check_of(frame) == golden.check && plenty.held() > 0);
    }
    CHECK(plenty.held() == 0);

    CountedMemory little(plenty.asked() / 2);
    options.memory = &little;
    bool failed = false;
    try {
        decoded(golden, options);
    } catch (const lacuna::Error& error) {
        failed = error.status() == LAC_E_OUT_OF_MEMORY;
    }
    CHECK(failed && little.held() == 0);
}

void frames(const Golden& golden)
{
    UpsideDown allocator;
    lacuna::DecoderOptions options;
    options.format = lacuna::Format::rgba;
    options.frames = &allocator;
    {
        const lacuna::Frame frame = decoded(golden, options);
        CHECK(allocator.held() == 1 && frame.stride(0) < 0 && check_of(frame) == golden.check);
    }
    CHECK(allocator.held() == 0);
}

void runner(const Golden& golden)
{
    std::atomic<int> loops{0};
    lacuna::DecoderOptions options;
    options.runner.workers = 2;
    options.runner.run = [&](std::uint32_t count, const lacuna::Work& work) {
        loops++;
        std::thread odd([&] {
            for (std::uint32_t i = 1; i < count; i += 2) {
                work(i, 1);
            }
        });
        for (std::uint32_t i = 0; i < count; i += 2) {
            work(i, 0);
        }
        odd.join();
        return true;
    };
    CHECK(check_of(decoded(golden, options)) == golden.check && loops > 0);

    options.runner.run = [](std::uint32_t, const lacuna::Work&) -> bool { throw std::runtime_error("no threads today"); };
    std::string text;
    try {
        decoded(golden, options);
    } catch (const std::runtime_error& error) {
        text = error.what();
    }
    CHECK(text == "no threads today");
}

void progress(const Golden& golden)
{
    double last = -1;
    lacuna::DecoderOptions options;
    options.progress = [&](double done) {
        CHECK(done >= last && done <= 1);
        last = done;
        return true;
    };
    CHECK(check_of(decoded(golden, options)) == golden.check && last > 0);

    // A cancelled picture may be asked for again; what is thrown comes out of the call.
    int calls = 0;
    options.progress = [&](double) {
        if (++calls == 2) {
            throw calls;
        }
        return calls != 1;
    };
    lacuna::Decoder decoder(options);
    decoder.send(golden.stream);
    lac_status status = LAC_OK;
    try {
        decoder.get();
    } catch (const lacuna::Error& error) {
        status = error.status();
    }
    CHECK(status == LAC_E_CANCELLED);
    int raised = 0;
    try {
        decoder.get();
    } catch (int value) {
        raised = value;
    }
    CHECK(raised == 2);
    CHECK(check_of(decoder.get().value()) == golden.check);

    decoder.send(golden.stream);
    decoder.cancel();
    status = LAC_OK;
    try {
        decoder.get();
    } catch (const lacuna::Error& error) {
        status = error.status();
    }
    CHECK(status == LAC_E_CANCELLED);
}

} // namespace

void test_callbacks(const Golden& golden)
{
    memory(golden);
    frames(golden);
    runner(golden);
    progress(golden);
}
