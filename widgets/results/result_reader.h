// Reads databases on a thread of its own and answers with signals: the GUI thread never opens a file. A
// question makes unfinished older ones of the same kind void. One that a disk does not answer is left behind
// at the end.
#pragma once
#include <QObject>
#include <atomic>
#include <functional>
#include <memory>

#include "core/connect/sqlite/browser.h"
#include "widgets/background/background.h"
#include "widgets/background/worker.h"

namespace rw::ui {

/// Whether both ask for the same rows of the same table in the same order.
bool sameQuestion(const SqliteQuery& a, const SqliteQuery& b);

class ResultReader : public QObject {
    Q_OBJECT
 public:
    using Match = std::shared_ptr<const SqliteMatch>;

    explicit ResultReader(QObject* parent = nullptr);
    ~ResultReader() override;

    /// Lists the tables of the file. With the stamp of an earlier listing there is no answer while it still holds.
    /// `mayLook` is called on the thread that reads. False: the file is not read, which is told. Null: it is.
    void list(const QString& path, const std::string& unless = {}, std::function<bool()> mayLook = nullptr);
    bool isListing() const { return m_listing != nullptr; }  ///< the last list() is not done yet
    void find(const SqliteQuery& query);
    void stopFinding();  ///< the last find() gets no answer any more
    void read(const Match& match, std::int64_t first, std::int64_t count);
    /// The same rows as text: a line each, tabs between the values. An error is told like that of read().
    void copy(const Match& match, std::int64_t first, std::int64_t count);

 Q_SIGNALS:
    void listed(const QString& path, const rw::Result<rw::SqliteListing>& listing);
    void found(const rw::Result<rw::SqliteMatch>& match, qint64 millis);
    void rowsRead(const rw::ui::ResultReader::Match& match, qint64 first,
                  const std::vector<rw::SqliteRow>& rows);
    void readFailed(const rw::ui::ResultReader::Match& match, qint64 first, const rw::Error& error);
    void copied(const QString& lines);

 private:
    using Flag = std::shared_ptr<std::atomic<bool>>;
    static Flag renew(Flag& flag);

    Flag m_listing, m_finding;
    Flag m_closing = std::make_shared<std::atomic<bool>>(false);
    MainThreadReceiver m_home;
    Worker m_worker;  ///< answers come in the order of the questions
};

}  // namespace rw::ui
