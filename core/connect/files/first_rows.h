// A look at the beginning of an input, from which its columns are guessed.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.h"
#include "core/connect/messages/framing.h"
#include "core/data/type.h"

namespace rw {

/// Rows that are looked at.
inline constexpr std::size_t kFirstRows = 1'000;

/// Hands the rows of the first file at `path` (as inputFiles() takes it) to `take`, each with its line end,
/// until that says no or the file ends. Empty lines and rows that are too long are left out; an error where
/// there are no others than those. kReadAhead bytes behind each can be read. `more` is as
/// FileReaderOptions::goesOn: a row that never ends is not handed out.
Status readFirstRows(const std::string& path, const Framing& framing,
                     const std::function<Result<bool>(std::string_view row, const std::string& file)>& take,
                     const std::function<Result<bool>(std::uint64_t bytes)>& more = {});

/// The narrowest type that all values of a column so far are of: BOOLEAN, INT, BIGINT, DOUBLE, DATE,
/// TIMESTAMP(3), else STRING; STRING while there are none.
class TypeGuess {
 public:
    /// A value that is of the types for which `fits(type)` holds; STRING is among them.
    template <class Fits>
    void see(const Fits& fits) {
        m_seen = true;
        std::erase_if(m_types, [&fits](TypeId id) { return !fits(Type::of(id)); });
    }
    Type type() const { return Type::of(m_seen ? m_types.front() : TypeId::String); }

 private:
    std::vector<TypeId> m_types{TypeId::Boolean, TypeId::Int,       TypeId::Bigint, TypeId::Double,
                                TypeId::Date,    TypeId::Timestamp, TypeId::String};
    bool m_seen = false;
};

/// Whether the digits of `text` are a name rather than an amount: 00420, +49, or too many for a BIGINT.
bool isDigitCode(std::string_view text);

}  // namespace rw
