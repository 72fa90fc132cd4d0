/* lacuna/base.hpp - spans, errors, start-up.
 *
 * A failed call throws lacuna::Error. Without exceptions (LACUNA_NO_EXCEPTIONS defined, or the compiler has them off) it
 * returns a Result. What these headers write as Returns<T> is T with exceptions and Result<T> without; both kinds may be in
 * one program. */

#ifndef LAC_BASE_HPP
#define LAC_BASE_HPP

#include "lacuna/base.h"
#include "lacuna/span.hpp"

#include <exception>
#include <optional>
#include <string>
#include <utility>

#if !defined(LACUNA_NO_EXCEPTIONS) && !defined(__cpp_exceptions)
#define LACUNA_NO_EXCEPTIONS 1
#endif

/* Names of one kind never meet those of the other in the linker. */
#if defined(LACUNA_NO_EXCEPTIONS)
#define LACUNA_ERRORS results
#else
#define LACUNA_ERRORS exceptions
#endif

namespace lacuna {
inline namespace LACUNA_ERRORS {

/// Why a call failed: its status, and what the library says of it.
class Error : public std::exception {
public:
    /// The calling thread's last failed call.
    explicit Error(lac_status status) : Error(status, read_detail()) {}

    /// A fault that was found before the library was asked.
    Error(lac_status status, std::string detail) : status_(status), detail_(std::move(detail)), text_(lac_status_name(status))
    {
        if (!detail_.empty() && detail_ != text_) {
            text_ += " " + detail_;
        }
    }

    /// LAC_E_*.
    lac_status status() const noexcept { return status_; }

    /// The sentence that lac_error_detail gave.
    const std::string& detail() const noexcept { return detail_; }

    /// The status in words and the detail.
    const char* what() const noexcept override { return text_.c_str(); }

private:
    static std::string read_detail()
    {
        std::string text(lac_error_detail(nullptr, 0), '\0');
        lac_error_detail(text.data(), text.size() + 1);
        return text;
    }

    lac_status status_;
    std::string detail_;
    std::string text_;
};

/// A value or the error in its place.
template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : value_(std::move(value)) {}
    Result(Error error) : error_(std::move(error)) {}

    explicit operator bool() const noexcept { return value_.has_value(); }

    /// The value; ends the program where there is none, as std::optional::value does without exceptions.
    T& value() & { return value_.value(); }
    const T& value() const& { return value_.value(); }
    T&& value() && { return std::move(value_).value(); }
    T& operator*() & { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }

    /// The error; only where there is no value.
    const Error& error() const { return error_.value(); }

    /// LAC_OK or the error's status.
    lac_status status() const noexcept { return error_ ? error_->status() : LAC_OK; }

private:
    std::optional<T> value_;
    std::optional<Error> error_;
};

/// Nothing, or the error in its place.
template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error) : error_(std::move(error)) {}

    explicit operator bool() const noexcept { return !error_; }
    const Error& error() const { return error_.value(); }
    lac_status status() const noexcept { return error_ ? error_->status() : LAC_OK; }

private:
    std::optional<Error> error_;
};

namespace detail {

#if defined(LACUNA_NO_EXCEPTIONS)
template <class T>
using Returns = Result<T>;

template <class T>
Returns<T> failed(Error error)
{
    return error;
}

inline Returns<void> check(lac_status status) { return status < LAC_OK ? Result<void>(Error(status)) : Result<void>(); }
#else
template <class T>
using Returns = T;

template <class T>
[[noreturn]] Returns<T> failed(Error error)
{
    throw error;
}

inline void check(lac_status status)
{
    if (status < LAC_OK) {
        throw Error(status);
    }
}
#endif

/// A handle that is destroyed with its owner, and moved but not copied.
template <class H, lac_status (*destroy)(H**)>
class Owned {
public:
    Owned() noexcept = default;
    explicit Owned(H* handle) noexcept : handle_(handle) {}
    Owned(Owned&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
    ~Owned()
    {
        if (handle_ != nullptr) {
            destroy(&handle_);
        }
    }

    Owned& operator=(Owned&& other) noexcept
    {
        std::swap(handle_, other.handle_);
        return *this;
    }

    H* get() const noexcept { return handle_; }

    /// Where a function of the library puts a new handle; only while there is none.
    H** out() noexcept { return &handle_; }

private:
    H* handle_ = nullptr;
};

/// Whether a call was taken; false where it wants the other half first.
inline Returns<bool> taken(lac_status status)
{
    if (status < LAC_OK) {
        return failed<bool>(Error(status));
    }

    return status == LAC_OK;
}

} // namespace detail

/// T where exceptions are on, Result<T> where they are off.
template <class T>
using Returns = detail::Returns<T>;

/// The library's version, such as "1.2.3".
inline const char* version() noexcept { return lac_version_string(); }

/// Starts the library, which the first call does otherwise; see lac_init.
inline Returns<void> init(const lac_init_options& options = LAC_INIT_OPTIONS_INIT) { return detail::check(lac_init(&options)); }

/// What the library holds; see lac_counters.
inline Returns<lac_counters> counters()
{
    lac_counters counters = LAC_COUNTERS_INIT;
    const lac_status status = lac_get_counters(&counters);
    if (status < LAC_OK) {
        return detail::failed<lac_counters>(Error(status));
    }

    return counters;
}

} // namespace LACUNA_ERRORS
} // namespace lacuna

#endif
