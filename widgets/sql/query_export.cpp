#include "widgets/sql/query_export.h"

#include "core/connect/csv/writer.h"
#include "core/connect/files/system_output_files.h"
#include "core/connect/ndjson/writer.h"
#include "core/query/query_rows.h"
#include "widgets/document/whole_file.h"

namespace rw::ui {

namespace {

constexpr std::size_t kRowsOfPart = 1'000;
constexpr int kWritingLeavesMillis = 500;

}  // namespace

Result<UnreadRows> writeResult(const QueryResult& result, const QString& path, QueryFormat format,
                               const std::atomic<bool>& dropped) {
    RW_TRY_ASSIGN(const auto claim,
                  systemOutputFiles()->claim(path.toStdString(), {}, OutputClaim::Mode::Alone));
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) return notWritten(file);
    const SchemaRef schema = schemaOf(result);
    const CsvWriter csv({}, false);
    const NdjsonWriter json(*schema, false);
    UnreadRows unread;
    std::string text;
    if (format == QueryFormat::Csv) csv.appendHeader(text, *schema);
    for (std::size_t first = 0;; first += kRowsOfPart) {
        const auto size = static_cast<qint64>(text.size());
        if (file.write(text.data(), size) != size) return notWritten(file);
        if (first >= result.rows.size()) break;
        if (dropped) return Status(ErrorCode::Cancelled, RW_TEXT("query", "The export was given up."));
        text.clear();
        const Batch rows = batchOf(result, schema, first, kRowsOfPart);
        unread.add(format == QueryFormat::Csv ? csv.appendEveryRow(text, rows) : json.appendRows(text, rows),
                   rows.rows);
    }
    if (!commitWhole(file)) return notWritten(file);
    return unread;
}

QueryExport::~QueryExport() {
    m_writing.drop();
    (void)m_worker.wait(kWritingLeavesMillis);
}

void QueryExport::start(QueryRunner::Answer answer, const QString& path, QueryFormat format,
                        ExportTarget target) {
    if (isBusy()) return;
    m_writing.ask(
        m_worker,
        [answer = std::move(answer), path, format,
         target = std::move(target)](const Latest::Question& question) -> Result<UnreadRows> {
            RW_TRY(target.check(path));
            return writeResult(answer->result, path, format, *question.flag());
        },
        [this](const Result<UnreadRows>& written) { Q_EMIT finished(written); });
}

}  // namespace rw::ui
