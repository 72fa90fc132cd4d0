/* lacuna/span.hpp - elements in a row that somebody else owns: std::span where there is one. */

#ifndef LAC_SPAN_HPP
#define LAC_SPAN_HPP

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#if __has_include(<version>)
#include <version>
#endif
#if defined(__cpp_lib_span)
#include <span>
#endif

namespace lacuna {

#if defined(__cpp_lib_span)
template <class T>
using Span = std::span<T>;
#else
/// Elements in a row that somebody else owns; std::span from C++20 on.
template <class T>
class Span {
public:
    constexpr Span() noexcept = default;
    constexpr Span(T* data, std::size_t size) noexcept : data_(data), size_(size) {}

    template <std::size_t count>
    constexpr Span(T (&array)[count]) noexcept : data_(array), size_(count) {}

    /// Of anything with data() and size(): std::vector, std::array, std::string_view, another span.
    template <class C, class = std::enable_if_t<std::is_convertible_v<decltype(std::declval<C&>().data()), T*>
            && std::is_convertible_v<decltype(std::declval<C&>().size()), std::size_t>>>
    constexpr Span(C&& container) noexcept : data_(container.data()), size_(container.size()) {}

    constexpr T* data() const noexcept { return data_; }
    constexpr std::size_t size() const noexcept { return size_; }
    constexpr bool empty() const noexcept { return size_ == 0; }
    constexpr T& operator[](std::size_t index) const noexcept { return data_[index]; }
    constexpr T* begin() const noexcept { return data_; }
    constexpr T* end() const noexcept { return data_ + size_; }
    constexpr Span subspan(std::size_t first) const noexcept { return {data_ + first, size_ - first}; }
    constexpr Span subspan(std::size_t first, std::size_t count) const noexcept { return {data_ + first, count}; }

private:
    T* data_ = nullptr;
    std::size_t size_ = 0;
};
#endif

/// Bytes that are only read.
using Bytes = Span<const std::uint8_t>;

} // namespace lacuna

#endif
