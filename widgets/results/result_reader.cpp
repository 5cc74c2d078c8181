#include "widgets/results/result_reader.h"

#include <QElapsedTimer>
#include <optional>

namespace rw::ui {
namespace {

constexpr int kReaderLeavesMillis = 500;  ///< a cancelled question ends in some milliseconds, if its disk answers

using Looked = std::optional<Result<SqliteListing>>;

/// Nothing: the file still has the stamp.
Looked look(const std::string& file, const std::string& unless, const std::function<bool()>& mayLook,
            CancelFlag cancel) {
    if (mayLook && !mayLook()) {
        return Status(
            ErrorCode::Invalid,
            RW_TEXT("document", "“%1” was not read: it lies outside the folder of the pipeline.").with(file),
            RW_TEXT("document", "Run the pipeline and agree; then its files are looked at."));
    }
    if (!unless.empty() && sqliteStamp(file) == unless) return std::nullopt;
    return listSqlite(file, cancel);
}

QString linesOf(const std::vector<SqliteRow>& rows) {
    std::string lines;
    for (const SqliteRow& row : rows) {
        for (std::size_t column = 0; column < row.size(); ++column) {
            if (column > 0) lines += '\t';
            if (row[column].kind != SqliteCell::Kind::Null) lines += row[column].text;
        }
        lines += '\n';
    }
    return QString::fromStdString(lines);
}

}  // namespace

bool sameQuestion(const SqliteQuery& a, const SqliteQuery& b) {
    return a.path == b.path && a.table == b.table && a.table.columns == b.table.columns &&
           a.filter == b.filter && a.sortColumn == b.sortColumn &&
           (a.sortColumn < 0 || a.descending == b.descending);
}

ResultReader::ResultReader(QObject* parent) : QObject(parent), m_home(this) {}

ResultReader::~ResultReader() {
    for (const Flag& flag : {m_listing, m_finding, m_closing})
        if (flag) flag->store(true);
    (void)m_worker.wait(kReaderLeavesMillis);
}

ResultReader::Flag ResultReader::renew(Flag& flag) {
    if (flag) flag->store(true);
    flag = std::make_shared<std::atomic<bool>>(false);
    return flag;
}

void ResultReader::list(const QString& path, const std::string& unless, std::function<bool()> mayLook) {
    m_worker.start(
        [this, home = m_home, path, unless, mayLook = std::move(mayLook), cancel = renew(m_listing)] {
            if (*cancel) return;
            Looked looked = look(path.toStdString(), unless, mayLook, cancel.get());
            home.send([this, path, cancel, looked = std::move(looked)] {
                if (*cancel) return;
                m_listing.reset();
                if (looked) Q_EMIT listed(path, *looked);
            });
        });
}

void ResultReader::stopFinding() {
    if (m_finding) m_finding->store(true);
}

void ResultReader::find(const SqliteQuery& query) {
    m_worker.start([this, home = m_home, query, cancel = renew(m_finding)] {
        if (*cancel) return;
        QElapsedTimer time;
        time.start();
        Result<SqliteMatch> match = findRows(query, cancel.get());
        home.send([this, cancel, match = std::move(match), millis = time.elapsed()] {
            if (!*cancel) Q_EMIT found(match, millis);
        });
    });
}

void ResultReader::read(const Match& match, std::int64_t first, std::int64_t count) {
    m_worker.start([this, home = m_home, match, first, count, cancel = m_closing] {
        if (*cancel) return;
        auto rows = readRows(*match, first, count, cancel.get());
        home.send([this, match, first, rows = std::move(rows)] {
            if (rows.ok()) {
                Q_EMIT rowsRead(match, first, *rows);
            } else {
                Q_EMIT readFailed(match, first, rows.error());
            }
        });
    });
}

void ResultReader::copy(const Match& match, std::int64_t first, std::int64_t count) {
    m_worker.start([this, home = m_home, match, first, count, cancel = m_closing] {
        if (*cancel) return;
        const auto rows = readRows(*match, first, count, cancel.get());
        if (!rows.ok()) return;
        home.send([this, lines = linesOf(*rows)] { Q_EMIT copied(lines); });
    });
}

}  // namespace rw::ui
