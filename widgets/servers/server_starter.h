// Starts and stops servers on this computer in the background, and makes their connections.
#pragma once
#include <QObject>
#include <QString>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "core/connect/connections/local_server.h"
#include "widgets/background/latest.h"
#include "widgets/background/worker.h"

namespace rw::ui {

class ConnectionList;

using LocalServerList = std::vector<const LocalServer*>;

/// One thing at a time, which ends with it. GUI thread; it waits for nothing.
class ServerStarter : public QObject {
    Q_OBJECT
 public:
    enum class Work { None, Starting, Stopping };
    enum class Place {
        Unknown,    ///< it has not been looked yet
        Away,       ///< it has no connection, or nothing answers there
        Here,       ///< something answers there
        Elsewhere,  ///< its connection leads to another computer, or is another one's
    };

    /// `connections` must outlive it. `script`: app/server; empty: there is none.
    ServerStarter(ConnectionList& connections, QString script, QObject* parent = nullptr);

    const QString& script() const { return m_script; }
    Work work() const { return m_work; }
    /// The one that is started or stopped now, or was last; null: none was.
    const LocalServer* current() const { return m_current; }
    /// The newest line that its start has reported.
    const QString& line() const { return m_line; }
    /// Why the last start or stop failed; success: it did not, or was forgotten.
    const Status& failure() const { return m_failure; }
    Place placeOf(const LocalServer& server) const;
    /// Of its connection; empty: it has none.
    QString addressOf(const LocalServer& server) const;

    /// Whether they answer, soon: placeOf() then says it.
    void look(const LocalServerList& servers);
    /// One after the other, until one fails.
    void start(const LocalServerList& servers);
    void stop(const LocalServerList& servers);
    /// What failed, with the servers that came behind it.
    void again();
    /// Those of the last start or stop.
    const LocalServerList& last() const { return m_last; }
    /// What was begun is ended; a server that was started stays.
    void cancel();
    void forget();  ///< the failure, and what was last

 Q_SIGNALS:
    void changed();
    /// It runs, and its connection is there. It may have run before.
    void started(const QString& name);
    void stopped(const QString& name);

 private:
    void begin(Work work, const LocalServerList& servers);
    void next();
    void run(const char* verb);
    void take(const Result<std::string>& printed);
    Status connectTo(const std::string& printed);

    ConnectionList& m_connections;
    const QString m_script;
    Worker m_worker, m_looking;
    Work m_work = Work::None;
    const LocalServer* m_current = nullptr;
    Work m_lastWork = Work::None;
    LocalServerList m_last{};
    std::deque<const LocalServer*> m_waiting{};
    QString m_line{};
    Status m_failure{};
    std::map<std::string, bool> m_answers{};  ///< by addresses
    Latest m_running{this};                   ///< the script
};

}  // namespace rw::ui
