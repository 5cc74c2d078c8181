// Reads a JSON text from front to back without building a tree: a trained model is mostly numbers, hundreds
// of megabytes of them, and each goes straight to where it is kept.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/status.h"

namespace rw {

/// The caller asks for what must come next. The first fault stays: after it every call gives an empty value,
/// so that callers need to look at failed() only in loops and at the end. Single-threaded; the text outlives
/// it.
///
///     for (reader.beginObject(); reader.nextKey(key);) …
///     for (reader.beginArray(); reader.nextItem();) …
class JsonPull {
 public:
    static constexpr std::size_t kLongestText = 64 << 10;  ///< bytes of one string
    static constexpr int kDeepest = 16;                    ///< objects and arrays in each other

    explicit JsonPull(std::string_view text) : m_text(text) {}

    void beginObject() { begin('{'); }
    /// The next key of the object, or false behind its closing brace.
    bool nextKey(std::string& key);
    void beginArray() { begin('['); }
    /// Whether another item follows; false behind the closing bracket.
    bool nextItem() { return next(']'); }

    double number();         ///< finite
    std::int64_t integer();  ///< a number without fraction and exponent
    bool boolean();
    std::string text();
    /// The text of the value that follows, whatever it is: without blanks around it, and checked.
    std::string_view value();
    /// The first character of the value that follows; '\0' at the end of the text.
    char peek();
    /// Nothing but blanks may follow.
    void end();

    /// Reports a fault at the value that was read last.
    void fail(Text message, Text fix = {});
    bool failed() const { return !m_status.ok(); }
    const Status& status() const { return m_status; }

 private:
    void begin(char bracket);
    bool next(char closing);
    void skipBlanks();
    void expect(char wanted);
    std::string_view numberText();
    void failSyntax();
    void failAt(std::size_t at, Text message, Text fix);

    const std::string_view m_text;
    std::size_t m_at = 0;
    std::size_t m_value = 0;  ///< where the last value begins
    int m_depth = 0;
    bool m_first = false;  ///< the next item is the first of its object or array
    Status m_status{};
};

}  // namespace rw
