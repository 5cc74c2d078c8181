// What a query can ask: the databases that sinks of the pipeline write, as they are on the disk, and the
// output ports of its run that show rows, the alerts of that run, and its tape.
#pragma once
#include <QObject>
#include <QString>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/query/query.h"
#include "core/runtime/tap.h"
#include "widgets/background/latest.h"
#include "widgets/document/result_databases.h"
#include "widgets/session/run_session.h"
#include "widgets/sql/run_tape.h"

namespace rw::ui {

inline constexpr std::int64_t kLiveRowsKept = 1'000;  ///< by a Tap of a run, and of rejected rows by the run

struct AskableColumn {
    QString name;
    QString type;  ///< as a person reads it
    bool operator==(const AskableColumn&) const = default;
};

struct AskableTable {
    QString name;
    bool view = false;
    std::int64_t rows = -1;  ///< -1: not known
    QString about{};         ///< of a live table its node, of others the sink that writes it; may be empty
    std::vector<AskableColumn> columns{};
    bool alerts = false;  ///< those of the run
    bool cut = false;     ///< of a live table: rows before those that are there were given, too
    bool operator==(const AskableTable&) const = default;
};

/// A schema of queries.
struct AskableSchema {
    QString name;                  ///< as SQL has it, without quotes
    QString title;                 ///< the name of the file; empty: of the run
    QString path{};                ///< empty: of the run
    std::optional<Error> error{};  ///< why its tables are not known
    std::vector<AskableTable> tables{};
    std::string placed{};  ///< as SqliteListing::placed; == does not look at it
    /// Of the run: its live rows and alerts, or its tape.
    bool isLive() const { return path.isEmpty(); }
    bool isTape() const {
        return isLive() &&
               name == QLatin1String(kTapeSchema.data(), static_cast<qsizetype>(kTapeSchema.size()));
    }
    bool operator==(const AskableSchema& other) const;
};

class QueryTables : public QObject {
    Q_OBJECT
 public:
    QueryTables(PipelineDocument& document, RunSession& session, QObject* parent = nullptr);
    /// A listing whose disk does not answer is left behind.
    ~QueryTables() override = default;

    /// Looks again at the files, away from the GUI thread, and at the ports and the tape. The run collects
    /// the rows of its ports from the first call on.
    void look();
    /// The run of before is gone.
    void forgetRun();

    /// In the order in which names without a schema are looked up, those of the run last.
    const std::vector<AskableSchema>& schemas() const { return m_schemas; }
    /// SqliteListing::placed by the name of the schema, of files that have any.
    std::map<std::string, std::string> placed() const;
    /// The first look has been answered.
    bool isKnown() const { return m_known; }
    /// Whether there is a table.
    bool any() const;
    /// The table of these names, in any case of their letters; null: there is none.
    const AskableTable* find(const QString& schema, const QString& table) const;
    /// The name by which a query finds the table: with its schema where another one hides it, or it has live
    /// rows.
    QString askedAs(const AskableSchema& schema, const AskableTable& table) const;

    /// A query with all of it; live rows as they are now, alerts and the tape as they are once it is asked.
    Query query(std::string sql) const;

 Q_SIGNALS:
    void changed();

 private:
    struct Listed {
        std::vector<AskableSchema> schemas{};
        std::vector<std::string> stamps{};
    };
    /// A source that is on the tape.
    struct Taped {
        LiveRows rows{};
        QString title{};
    };
    struct Port {
        std::string table;
        PortRef from{};
        QString title;
        std::shared_ptr<Tap> tap{};
        bool rejected = false;  ///< of rejected rows, which the run keeps for its panel, too
    };
    void findPorts();
    void findTape();
    std::vector<KeptRow> keptRows() const;
    std::optional<LiveRows> rowsOf(const Port& port, const std::vector<KeptRow>& kept) const;
    bool isCut(const Port& port, std::int64_t rows) const;
    AskableSchema liveSchema() const;
    AskableSchema tapeSchema() const;
    void show(std::vector<AskableSchema> listed);

    PipelineDocument& m_document;
    RunSession& m_session;
    std::vector<ResultDatabase> m_databases{};
    std::vector<QueryDatabase> m_named{};
    Listed m_listed{};
    std::vector<Port> m_ports{};
    std::optional<LiveRows> m_alerts{};  ///< nothing: the run has no rule
    std::shared_ptr<RunTape> m_tape{};   ///< null: the run has none
    std::vector<Taped> m_taped{};
    std::vector<AskableSchema> m_schemas{};
    bool m_known = false;
    Worker m_worker;
    Latest m_looking{this};
};

}  // namespace rw::ui
