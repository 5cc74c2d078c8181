#include "widgets/results/result_export.h"

#include <QFileInfo>
#include <utility>

#include "core/connect/csv/writer.h"
#include "core/connect/files/system_output_files.h"
#include "core/connect/ndjson/writer.h"
#include "core/connect/sqlite/table_copy.h"
#include "core/pipeline/pipeline.h"
#include "widgets/document/whole_file.h"

namespace rw::ui {
namespace {

constexpr std::int64_t kRowsAtOnce = 1'000;  // in one read transaction
constexpr int kExportLeavesMillis = 500;  // a cancelled export ends in some milliseconds, if its disk answers

Batch textsOf(const SchemaRef& schema, const std::vector<SqliteRow>& rows) {
    std::vector<ColumnBuilder> builders(schema->size(), ColumnBuilder(Type::of(TypeId::String)));
    Batch batch;
    batch.schema = schema;
    for (const SqliteRow& row : rows) {
        if (row.size() != schema->size()) continue;  // deleted since
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (row[i].kind == SqliteCell::Kind::Null) {
                builders[i].appendNull();
            } else {
                builders[i].appendString(row[i].text);
            }
        }
        ++batch.rows;
    }
    for (ColumnBuilder& builder : builders) batch.columns.push_back(builder.finish());
    return batch;
}

/// Not every number of SQLite is one of JSON: “007” in a DECIMAL column, an infinity.
bool isJsonNumber(const SqliteCell& cell) {
    return cell.kind == SqliteCell::Kind::Number && Json::accept(cell.text);
}

void appendJson(std::string& out, const std::vector<SqliteColumn>& columns,
                const std::vector<SqliteRow>& rows) {
    for (const SqliteRow& row : rows) {
        if (row.size() != columns.size()) continue;  // deleted since
        for (std::size_t i = 0; i < row.size(); ++i) {
            out += i == 0 ? '{' : ',';
            appendJsonString(out, columns[i].name);
            out += ':';
            const bool boolean =
                columns[i].values == TypeId::Boolean && (row[i].text == "true" || row[i].text == "false");
            if (row[i].kind == SqliteCell::Kind::Null) {
                out += "null";
            } else if (boolean || isJsonNumber(row[i])) {
                out += row[i].text;
            } else {
                appendJsonString(out, row[i].text);
            }
        }
        out += "}\n";
    }
}

}  // namespace

Result<UnreadRows> writeRows(const SqliteMatch& match, const QString& path, ResultFormat format,
                             CancelFlag cancel) {
    const auto rows = [&](std::int64_t first, std::int64_t count) {
        return readRows(match, first, count, cancel);
    };
    return writeTable(match.query.table.columns, match.rows, rows, path, format);
}

Result<UnreadRows> writeTable(const std::vector<SqliteColumn>& columns, std::int64_t count,
                              const RowSource& rows, const QString& path, ResultFormat format) {
    RW_TRY_ASSIGN(const auto claim,
                  systemOutputFiles()->claim(path.toStdString(), {}, OutputClaim::Mode::Alone));
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) return notWritten(file);
    Schema schema;
    for (const SqliteColumn& column : columns)
        schema.fields.push_back({column.name, Type::of(TypeId::String)});
    const auto shared = std::make_shared<const Schema>(std::move(schema));
    const CsvWriter csv({}, false);
    UnreadRows unread;
    std::string text;
    if (format == ResultFormat::Csv) csv.appendHeader(text, *shared);
    for (std::int64_t first = 0;; first += kRowsAtOnce) {
        const auto size = static_cast<qint64>(text.size());
        if (file.write(text.data(), size) != size) return notWritten(file);
        if (first >= count) break;
        text.clear();
        RW_TRY_ASSIGN(const auto some, rows(first, kRowsAtOnce));
        if (format == ResultFormat::JsonLines) {
            appendJson(text, columns, some);
        } else {
            const Batch texts = textsOf(shared, some);
            unread.add(csv.appendEveryRow(text, texts), texts.rows);
        }
    }
    if (!commitWhole(file)) return notWritten(file);
    return unread;
}

ResultExport::ResultExport(QObject* parent) : QObject(parent), m_home(this) {}

ResultExport::~ResultExport() {
    *m_cancel = true;
    (void)m_worker.wait(kExportLeavesMillis);
}

void ResultExport::begin(const QString& path, std::function<Result<UnreadRows>(CancelFlag)> write) {
    if (m_busy) return;
    m_busy = true;
    m_worker.start([this, home = m_home, cancel = m_cancel, path, write = std::move(write)] {
        const Result<UnreadRows> written = write(cancel.get());
        home.send([this, written, path] {
            m_busy = false;
            Q_EMIT finished(written, path);
        });
    });
}

void ResultExport::start(const ResultReader::Match& match, const QString& path, ResultFormat format,
                         const ExportTarget& target) {
    begin(path, [match, path, format, target](CancelFlag cancel) -> Result<UnreadRows> {
        RW_TRY(target.check(path));
        return writeRows(*match, path, format, cancel);
    });
}

void ResultExport::startOther(const QString& path, const ExportTarget& target,
                              std::function<Result<UnreadRows>(CancelFlag)> write) {
    begin(path, [path, target, write = std::move(write)](CancelFlag cancel) -> Result<UnreadRows> {
        RW_TRY(target.check(path));
        return write(cancel);
    });
}

void ResultExport::startInto(const ResultReader::Match& match, const QString& path, bool replace,
                             const ExportTarget& target, const QStringList& written) {
    begin(path, [match, path, replace, target, written](CancelFlag cancel) -> Result<UnreadRows> {
        const QFileInfo file(path);
        if (!file.exists()) RW_TRY(target.check(path));
        for (const QString& each : written)
            if (file.exists() && QFileInfo(each).canonicalFilePath() == file.canonicalFilePath())
                return Status(
                    ErrorCode::Invalid,
                    RW_TEXT("results", "The pipeline writes “%1”: a table in it would hold up its runs.")
                        .with(path.toStdString()),
                    RW_TEXT("results", "Choose another file."));
        RW_TRY_ASSIGN(const std::int64_t rows,
                      copyRows(*match, {path.toStdString(), match->query.table.name, replace}, cancel));
        UnreadRows none;
        none.rows = static_cast<std::uint64_t>(rows);
        return none;
    });
}

}  // namespace rw::ui
