// A look at the beginning of an input, from which its columns are guessed.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.h"
#include "core/connect/messages/framing.h"
#include "core/data/column_index.h"
#include "core/data/schema.h"
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

/// The same where the user may have declared the type of the column. That stays where all values are of it,
/// or where at least half are and the values have no other type than STRING in common.
class ColumnGuess {
 public:
    /// Of column `name` of `declared`, whose columns are at `places`. STRING is as good as none: it does not
    /// say what the values are.
    ColumnGuess(const Schema& declared, const ColumnIndex& places, std::string_view name);

    /// As TypeGuess; `reads(type)` holds where a source reads the value as one of the type.
    template <class Fits, class Reads>
    void see(const Fits& fits, const Reads& reads) {
        ++m_values;
        if (m_declared && !reads(*m_declared)) ++m_others;
        m_guess.see(fits);
    }
    Type type() const;

 private:
    std::optional<Type> m_declared{};
    TypeGuess m_guess{};
    std::size_t m_values = 0, m_others = 0;  ///< others: values that are not of the declared type
};

/// Whether the digits of `text` are a name rather than an amount: 00420, +49, or too many for a BIGINT.
bool isDigitCode(std::string_view text);

}  // namespace rw
