/* lacuna/frames.hpp - loops over what a decoder or an encoder gives. */

#ifndef LAC_FRAMES_HPP
#define LAC_FRAMES_HPP

#include "lacuna/base.hpp"

#include <cstddef>
#include <iterator>
#include <optional>
#include <utility>

namespace lacuna {
inline namespace LACUNA_ERRORS {
namespace detail {

/// What `source.get()` gives until it gives none: a range that is gone through once.
template <class Source, class T>
class Items {
public:
    class iterator {
    public:
        using iterator_category = std::input_iterator_tag;
        using value_type = Returns<T>;
        using difference_type = std::ptrdiff_t;
        using pointer = value_type*;
        using reference = value_type&;

        iterator() noexcept = default;
        explicit iterator(Source& source) : source_(&source) { advance(); }

        reference operator*() const { return *item_; }
        pointer operator->() const { return &*item_; }

        iterator& operator++()
        {
            advance();
            return *this;
        }

        void operator++(int) { advance(); }

        friend bool operator==(const iterator& a, const iterator& b) noexcept { return a.source_ == b.source_; }
        friend bool operator!=(const iterator& a, const iterator& b) noexcept { return a.source_ != b.source_; }

    private:
#if defined(LACUNA_NO_EXCEPTIONS)
        void advance()
        {
            if (item_ && !*item_) {
                source_ = nullptr;
            } else if (Result<std::optional<T>> next = source_->get(); !next) {
                item_.emplace(next.error());
            } else if (*next) {
                item_.emplace(std::move(**next));
            } else {
                source_ = nullptr;
            }
        }
#else
        void advance()
        {
            item_ = source_->get();
            if (!item_) {
                source_ = nullptr;
            }
        }
#endif

        Source* source_ = nullptr;
        mutable std::optional<value_type> item_;
    };

    explicit Items(Source& source) noexcept : source_(&source) {}

    iterator begin() const { return iterator(*source_); }
    iterator end() const noexcept { return {}; }

private:
    Source* source_;
};

} // namespace detail
} // namespace LACUNA_ERRORS
} // namespace lacuna

#endif
