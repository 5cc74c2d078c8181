// Which file may include which: the direction of architecture's rooms, as one function.
#pragma once
#include <QString>

namespace rw::house {

struct Include {
    QString target;       ///< the text between the quotes or angles
    bool quoted = false;  ///< "ours" as against <a library's>
};

/// The #include of a line; an empty target when the line has none.
Include includeOf(const QString& line);

/// Why the file at `path` must not include this; empty when it may.
QString breach(const QString& path, const Include& include);

}  // namespace rw::house
