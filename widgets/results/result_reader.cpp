#include "widgets/results/result_reader.h"

#include <QElapsedTimer>

namespace rw::ui {
namespace {

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

ResultReader::ResultReader(QObject* parent) : QObject(parent) {
    m_worker.setMaxThreadCount(1);
}

ResultReader::~ResultReader() {
    for (const Flag& flag : {m_listing, m_finding, m_closing})
        if (flag) flag->store(true);
    m_worker.clear();
    m_worker.waitForDone();
}

ResultReader::Flag ResultReader::renew(Flag& flag) {
    if (flag) flag->store(true);
    flag = std::make_shared<std::atomic<bool>>(false);
    return flag;
}

void ResultReader::list(const QString& path, const std::string& unless, std::function<bool()> mayLook) {
    m_worker.start([this, path, unless, mayLook = std::move(mayLook), cancel = renew(m_listing)] {
        const std::string file = path.toStdString();
        if (mayLook && !mayLook()) {
            const Status refused{
                ErrorCode::Invalid,
                RW_TEXT("document", "“%1” was not read: it lies outside the folder of the pipeline.")
                    .with(file),
                RW_TEXT("document", "Run the pipeline and agree; then its files are looked at.")};
            const auto answer = [this, path, cancel, refused] {
                if (!*cancel) Q_EMIT listed(path, refused);
            };
            QMetaObject::invokeMethod(this, answer, Qt::QueuedConnection);
            return;
        }
        if (*cancel || (!unless.empty() && sqliteStamp(file) == unless)) return;
        Result<SqliteListing> listing = listSqlite(file, cancel.get());
        const auto answer = [this, path, cancel, listing = std::move(listing)] {
            if (!*cancel) Q_EMIT listed(path, listing);
        };
        QMetaObject::invokeMethod(this, answer, Qt::QueuedConnection);
    });
}

void ResultReader::find(const SqliteQuery& query) {
    m_worker.start([this, query, cancel = renew(m_finding)] {
        if (*cancel) return;
        QElapsedTimer time;
        time.start();
        Result<SqliteMatch> match = findRows(query, cancel.get());
        const auto answer = [this, cancel, match = std::move(match), millis = time.elapsed()] {
            if (!*cancel) Q_EMIT found(match, millis);
        };
        QMetaObject::invokeMethod(this, answer, Qt::QueuedConnection);
    });
}

void ResultReader::read(const Match& match, std::int64_t first, std::int64_t count) {
    m_worker.start([this, match, first, count, cancel = m_closing] {
        if (*cancel) return;
        auto rows = readRows(*match, first, count, cancel.get());
        const auto answer = [this, match, first, rows = std::move(rows)] {
            if (rows.ok()) {
                Q_EMIT rowsRead(match, first, *rows);
            } else {
                Q_EMIT readFailed(match, first);
            }
        };
        QMetaObject::invokeMethod(this, answer, Qt::QueuedConnection);
    });
}

void ResultReader::copy(const Match& match, std::int64_t first, std::int64_t count) {
    m_worker.start([this, match, first, count, cancel = m_closing] {
        if (*cancel) return;
        const auto rows = readRows(*match, first, count, cancel.get());
        if (!rows.ok()) return;
        const auto answer = [this, lines = linesOf(*rows)] { Q_EMIT copied(lines); };
        QMetaObject::invokeMethod(this, answer, Qt::QueuedConnection);
    });
}

}  // namespace rw::ui
