// Errors as values. No exception crosses a folder of core; calls that can fail return Status or Result<T>.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "core/base/text.h"

namespace rw {

/// Tapes keep the numbers: a new code goes to the end.
enum class ErrorCode {
    Invalid,    ///< the user's pipeline or words are wrong
    NotFound,   ///< a file or a table is missing
    Io,         ///< the outside world failed: disk full, broken
    Row,        ///< a row failed and the node's on_error is "fail"
    Cancelled,  ///< stopped on request
    Internal,   ///< a bug of ours
    Denied,     ///< access is not allowed: permissions, a password, a token, a locked keyring
    Refused,    ///< the outside world answered, and would answer the same again
    Locked      ///< another program keeps the file locked: it may be free a moment later
};

/// How an error may be handled.
enum class ErrorKind {
    Transient,  ///< NotFound, Io, Locked: time may mend it, so the same may be tried again
    Permanent,  ///< Invalid, Row, Internal, Refused: the same fails again until the user changes something
    Denied,     ///< not to be retried before the user gives the credential: some systems lock accounts that
                ///< retry
    Cancelled   ///< nothing is wrong
};
ErrorKind errorKindOf(ErrorCode code);

/// An error: what happened, where, and how to fix it.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    Text message;
    Text fix{};           ///< may be empty
    std::string node{};   ///< id of the node, when one is to blame
    std::string param{};  ///< name of the parameter, when one is to blame
    /// Time alone does not mend it, though its code is one of those that it may: a run is not tried again.
    bool lasts = false;
};

/// Success, or one Error. Cheap to pass when it is a success.
class [[nodiscard]] Status {
 public:
    Status() = default;
    Status(ErrorCode code, Text message, Text fix = {})
        : m_error(std::make_shared<Error>(Error{code, std::move(message), std::move(fix)})) {}
    explicit Status(Error error) : m_error(std::make_shared<Error>(std::move(error))) {}

    bool ok() const { return !m_error; }
    const Error& error() const { return *m_error; }  ///< only when !ok()

    /// The same error, said to be of this node when it names none yet. Success stays success.
    Status at(const std::string& node, const std::string& param = {}) const;

 private:
    std::shared_ptr<const Error> m_error;
};

/// The error where the system gives no more memory. Permanent: a run would keep as much again, and fail
/// again.
Status outOfMemory();

/// One line of English: “node.param: message fix”. For logs and the command line.
std::string english(const Error& error);

/// A value, or the error that kept it from being made.
template <class T>
class [[nodiscard]] Result {
 public:
    Result(T value) : m_value(std::move(value)) {}
    Result(Status status) : m_status(std::move(status)) {}

    bool ok() const { return m_value.has_value(); }
    const Status& status() const { return m_status; }
    const Error& error() const { return m_status.error(); }
    T& value() & { return *m_value; }
    const T& value() const& { return *m_value; }
    T&& value() && { return std::move(*m_value); }
    T* operator->() { return &*m_value; }
    const T* operator->() const { return &*m_value; }
    T& operator*() & { return *m_value; }
    const T& operator*() const& { return *m_value; }
    T&& operator*() && { return std::move(*m_value); }

 private:
    std::optional<T> m_value;
    Status m_status;
};

}  // namespace rw

#define RW_CONCAT_INNER(a, b) a##b
#define RW_CONCAT(a, b) RW_CONCAT_INNER(a, b)
/// Returns from the function when `expression` is an error.
#define RW_TRY(expression)                                                 \
    do {                                                                   \
        if (auto rwStatus = (expression); !rwStatus.ok()) return rwStatus; \
    } while (false)
/// Declares `lhs` from a Result, or returns its error.
#define RW_TRY_ASSIGN(lhs, expression)                                                      \
    auto RW_CONCAT(rwResult, __LINE__) = (expression);                                      \
    if (!RW_CONCAT(rwResult, __LINE__).ok()) return RW_CONCAT(rwResult, __LINE__).status(); \
    lhs = std::move(RW_CONCAT(rwResult, __LINE__)).value()
