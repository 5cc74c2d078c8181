// Databases to ask, and short ways to ask them.
#pragma once
#include <SQLiteCpp/Database.h>

#include <QtTest/QtTest>

#include "core/query/query.h"
#include "core/query/query_names.h"
#include "core/query/query_rows.h"

namespace rw {

struct Asked {
    QTemporaryDir folder;
    std::vector<std::string> paths;

    /// A database of that name with what the statements make.
    std::string make(const char* name, const char* statements) {
        paths.push_back(folder.filePath(QString::fromUtf8(name)).toStdString());
        SQLite::Database database(paths.back(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        database.exec(statements);
        return paths.back();
    }
    Query query(const char* sql) const { return {sql, namedDatabases(paths)}; }
    QueryAnswer ask(const char* sql) const { return runQuery(query(sql), nullptr); }
};

/// Rows, with “|” between values and “;” between rows; an error in English.
inline QString told(const QueryAnswer& answer) {
    if (!answer.status.ok()) return QString::fromStdString(english(answer.status.error()));
    QStringList rows;
    for (const auto& row : answer.result.rows) {
        QStringList values;
        for (const QueryValue& value : row)
            values << (std::holds_alternative<std::monostate>(value)
                           ? QStringLiteral("NULL")
                           : QString::fromStdString(exactText(value)));
        rows << values.join(u'|');
    }
    return rows.join(u';');
}

inline QString marked(const QueryAnswer& answer, const std::string& sql) {
    return QString::fromStdString(sql.substr(answer.place.at, answer.place.length));
}

}  // namespace rw
