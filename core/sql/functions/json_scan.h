// Reads the syntax of a JSON text and reports its parts one by one. Numbers stay texts, so that their size is
// no matter.
#pragma once
#include <string>
#include <string_view>

namespace rw::sql {

/// The parts of a JSON text, in the order of the text.
class JsonEvents {
 public:
    virtual ~JsonEvents() = default;
    virtual void open(bool array) = 0;
    virtual void close() = 0;
    virtual void key(const std::string& name) = 0;
    /// A string (decoded), or a number, true or false as it is written.
    virtual void scalar(std::string_view text) = 0;
    virtual void null() = 0;
};

/// Texts that are nested deeper are not read.
inline constexpr std::size_t kDeepestJson = 500;

/// The text allowed behind a value: blanks, or any text that does not continue a number or word.
enum class BehindJson { Blanks, AnyText };

/// Whether `text` is one JSON value (RFC 8259) in UTF-8 that is not nested deeper than `deepest`. When it is
/// not, events up to the fault have been told.
bool scanJson(std::string_view text, std::size_t deepest, JsonEvents& events,
              BehindJson behind = BehindJson::Blanks);

}  // namespace rw::sql
