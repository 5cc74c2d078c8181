#include "widgets/results/csv_side.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <algorithm>

#include "core/connect/csv/header.h"
#include "core/connect/csv/preview.h"
#include "core/connect/csv/rows.h"
#include "core/connect/sqlite/text_table.h"

namespace rw::ui {

namespace {

constexpr qint64 kBlock = 1 << 20;
constexpr int kRowsBetweenLooks = 1'000;

Status cancelledReading() {
    return {ErrorCode::Cancelled, RW_TEXT("results", "Reading was cancelled.")};
}

Status badRow(std::uint64_t row, const QString& file, Text why) {
    return {ErrorCode::Invalid,
            RW_TEXT("results", "Row %1 of “%2” can't be read: %3")
                .with(row, QFileInfo(file).fileName().toStdString(), why),
            RW_TEXT("results", "Correct the file, or choose another one.")};
}

/// What errors call it by; SQLite keeps some names to itself.
std::string tableName(const QString& file) {
    std::string name = QFileInfo(file).fileName().toStdString();
    return foldedName(name).starts_with("sqlite_") ? "csv " + name : name;
}

/// The columns of the file, each of the type that its namesake has.
std::vector<SqliteColumn> typed(const std::vector<std::string>& names, const SqliteEntry& like) {
    std::vector<SqliteColumn> columns;
    for (const std::string& name : names) {
        const auto same =
            std::find_if(like.columns.begin(), like.columns.end(),
                         [&](const SqliteColumn& column) { return sameSqliteName(column.name, name); });
        columns.push_back(same == like.columns.end() ? SqliteColumn{name, "TEXT"} : *same);
        columns.back().name = name;
    }
    return columns;
}

/// Hands the rows of a file on, one by one.
class CsvRows {
 public:
    CsvRows(const QString& path, const CsvFormat& format) : m_file(path), m_framing(format) {}

    Status open() {
        // Reading from a pipe would wait until a program writes into it.
        if (m_file.exists() && !QFileInfo(m_file.fileName()).isFile())
            return {
                ErrorCode::Io,
                RW_TEXT("sqlite", "“%1” is no file that can be read.").with(m_file.fileName().toStdString()),
                RW_TEXT("sqlite", "Choose another file.")};
        if (m_file.open(QIODevice::ReadOnly)) return {};
        return {ErrorCode::NotFound,
                RW_TEXT("results", "“%1” can't be read: %2.")
                    .with(m_file.fileName().toStdString(), m_file.errorString().toStdString()),
                RW_TEXT("results", "Choose another file.")};
    }
    /// Nothing: there are no more, or failed() says why.
    std::optional<std::string_view> next() {
        for (;;) {
            const std::string_view left = std::string_view(m_bytes).substr(m_at);
            const std::size_t size = m_framing.firstRow(left, m_atEnd);
            if (size > 0) {
                m_at += size;
                return m_framing.messageOf(left.substr(0, size));
            }
            if (m_atEnd) return std::nullopt;
            m_bytes.erase(0, m_at);
            m_at = 0;
            const QByteArray block = m_file.read(kBlock);
            m_bytes.append(block.constData(), static_cast<std::size_t>(block.size()));
            m_failed = m_file.error() != QFileDevice::NoError;
            m_atEnd = m_failed || block.isEmpty();
        }
    }
    bool failed() const { return m_failed; }
    QString errorText() const { return m_file.errorString(); }

 private:
    QFile m_file;
    CsvFraming m_framing;
    std::string m_bytes{};
    std::size_t m_at = 0;
    bool m_atEnd = false, m_failed = false;
};

Status copyCsv(CsvRows& rows, TextTable& table, std::size_t columns, const CsvFormat& format,
               const QString& file, CancelFlag cancel) {
    std::vector<std::optional<std::string>> cells(columns);
    std::uint64_t number = 0;
    while (const auto row = rows.next()) {
        if (++number % kRowsBetweenLooks == 0 && cancel != nullptr && *cancel) return cancelledReading();
        if (row->empty() && columns > 1) continue;  // as sources read files
        const auto fields = splitRow(*row, format);
        if (!fields) return badRow(number, file, RW_TEXT("results", "its quotes are broken."));
        if (fields->size() != columns)
            return badRow(number, file,
                          RW_TEXT("results", "it has not as many fields as the file has columns: %1, not %2.")
                              .with(fields->size(), columns));
        for (std::size_t i = 0; i < columns; ++i) {
            const CsvField& field = (*fields)[i];
            cells[i] = field.text.empty() && !field.quoted ? std::nullopt : std::optional(field.text);
        }
        RW_TRY(table.add(cells));
    }
    if (rows.failed())
        return badRow(number + 1, file, RW_TEXT("results", "%1.").with(rows.errorText().toStdString()));
    return {};
}

}  // namespace

Result<TableDifference> compareWithCsv(TableComparison asked, const QString& file, CancelFlag cancel) {
    const std::string path = file.toStdString();
    CsvPreviewOptions options;
    options.cancelled = [cancel] { return cancel != nullptr && *cancel; };
    CsvRows unread(file, {});
    RW_TRY(unread.open());  // says what is wrong with the file itself
    RW_TRY_ASSIGN(const CsvFormat format, likelyCsvFormat(path, {}, true, options));
    CsvRows rows(file, format);
    RW_TRY(rows.open());
    std::vector<std::string> names;
    if (format.header) {
        const auto first = rows.next();
        RW_TRY_ASSIGN(const auto header, headerFields(first.value_or(""), format, path));
        names = headerNames(header);
    } else {
        for (const SqliteColumn& column : asked.here.table.columns) names.push_back(column.name);
    }
    const QTemporaryDir folder;
    if (!folder.isValid())
        return Status(ErrorCode::Io, RW_TEXT("results", "A temporary file can't be written: %1.")
                                         .with(folder.errorString().toStdString()));
    const std::string copy = folder.filePath(QStringLiteral("csv.sqlite")).toStdString();
    {
        RW_TRY_ASSIGN(const auto table,
                      TextTable::make(copy, tableName(file), typed(names, asked.here.table)));
        RW_TRY(copyCsv(rows, *table, names.size(), format, file, cancel));
        RW_TRY(table->finish());
    }
    asked.there = {copy, {}};
    asked.there.table.name = tableName(file);
    return compareTables(asked, cancel);
}

}  // namespace rw::ui
