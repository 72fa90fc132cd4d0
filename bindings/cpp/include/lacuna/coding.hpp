/* lacuna/coding.hpp - what the coders share: outputs of a size that is known at the end. */

#ifndef LAC_CODING_HPP
#define LAC_CODING_HPP

#include "lacuna/base.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <vector>

namespace lacuna {
inline namespace LACUNA_ERRORS {
namespace detail {

inline Error mismatch() { return Error(LAC_E_INVALID_ARGUMENT, "The spans do not have the lengths that go together."); }

/// The bytes that `write(destination, capacity, &count)` wrote, of `bound` at most.
template <class F>
Returns<std::vector<std::uint8_t>> written(std::size_t bound, const F& write)
{
    // Not a vector: bounds are far above what is used, and a vector would touch all of it.
    const std::unique_ptr<std::uint8_t[]> bytes(new (std::nothrow) std::uint8_t[bound != 0 ? bound : 1]);
    if (bytes == nullptr) {
        return failed<std::vector<std::uint8_t>>(Error(LAC_E_OUT_OF_MEMORY, "There is no memory for the code."));
    }

    std::size_t count = 0;
    const lac_status status = write(bytes.get(), bound, &count);
    if (status < LAC_OK) {
        return failed<std::vector<std::uint8_t>>(Error(status));
    }

    return std::vector<std::uint8_t>(bytes.get(), bytes.get() + count);
}

/// `count` elements that `read(elements)` fills.
template <class T, class F>
Returns<std::vector<T>> filled(std::size_t count, const F& read)
{
    std::vector<T> elements(count);
    const lac_status status = read(elements.data());
    if (status < LAC_OK) {
        return failed<std::vector<T>>(Error(status));
    }

    return elements;
}

} // namespace detail
} // namespace LACUNA_ERRORS
} // namespace lacuna

#endif
