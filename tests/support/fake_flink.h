// A Flink as a small state machine: a SQL gateway and a JobManager that know the same jobs. Jobs come to run
// a step each time that they are looked at; a test sets their other events.
#pragma once
#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/cluster/target.h"
#include "core/pipeline/pipeline.h"
#include "tests/support/worlds/fake_server.h"

namespace rw::test {

/// A task of a job, and the operators in it.
struct FakeVertex {
    std::string name{};
    std::vector<std::string> operators{};  ///< as the job's plan has them, “[34]:Calc(select=[k])”
};

class FakeFlink {
 public:
    /// How a server answers.
    enum class Mood {
        Right,
        Garbage,  ///< no JSON
        Error,    ///< HTTP 500
        Away,     ///< the connection breaks
        Never
    };
    /// How far a job is: its tasks, that is, for it says that it runs from the second step on.
    enum class Stage { Created, Deploying, Initializing, Running };
    /// INSERTs, or the query of the charts.
    enum class Sort { Insert, Query };

    /// With both addresses; called “fake”.
    Target target() const;

    void setGateway(Mood mood);
    void setJobManager(Mood mood);
    /// Of both; it is 2.3.0 otherwise.
    void setVersion(const std::string& version);

    /// The plan that INSERTs are explained as, and the tasks of their job. All of its counters are told from then on,
    /// and grow by 5 000 a second; before, there are two tasks without any.
    void make(std::string explained, std::vector<FakeVertex> vertices);
    /// Further than that no job of the sort comes.
    void holdAt(Sort sort, Stage stage);
    /// Jobs are started, but their ids are not told.
    void holdIds(bool hold);
    /// A statement with that in it is refused with this trace, or, without one, never answered.
    void refuse(const std::string& part, const std::string& trace);

    /// EXPLAIN gives that text for the INSERTs instead of the default one.
    void explain(const std::string& plan);
    /// COMPILE PLAN writes that to where it is told to; empty: it says that it did, and writes nothing.
    void compile(const std::string& plan);
    /// The content of the files of EXECUTE PLAN when it came.
    std::vector<std::string> executed() const;

    /// All jobs of the sort that run get into this state; “RUNNING” is another begin. `trace`: why.
    void put(Sort sort, const std::string& state, const std::string& trace = {},
             const std::string& task = {});
    /// The JobManager does not know its jobs any more; or, for so many looks, not the INSERTs.
    void forget(int looks = -1);
    /// The counters of INSERTs: rows that the source gave, and the filter behind it; nothing: they
    /// are gone. Before this there are none.
    void count(std::optional<int> given, std::optional<int> passed);
    /// The next INSERTs are submitted without an answer; or their requests are lost on the way there.
    void loseStarts(bool given);
    /// Jobs are stopped with a savepoint, without an answer.
    void loseStops();
    /// INSERTs end with that savepoint, which another client has asked for. `lost` requests get no answer.
    void stopElsewhere(const std::string& savepoint, int lost);
    /// Savepoints fail with this trace.
    void failSavepoints(const std::string& trace);
    /// A page of the charts' query: fields of its rows, all of them inserted.
    void addPage(std::vector<std::vector<std::string>> rows);
    /// Its rows are over, and so is its job.
    void endPages();

    int running(Sort sort) const;  ///< jobs that have not ended
    int started(Sort sort) const;  ///< jobs that there ever were
    /// A query was ended before its tasks ran: a real TaskManager would be gone.
    bool harmed() const;
    int openSessions() const;
    int hanging() const;                   ///< requests that were never answered
    bool forgets() const;                  ///< looks at jobs that will not be known are still to come
    std::string lastJob(Sort sort) const;  ///< its id
    /// The bodies of requests whose line holds that, the first first.
    std::vector<std::string> bodies(const std::string& part) const;
    bool asked(const std::string& part) const { return !bodies(part).empty(); }
    const FakeServer& gateway() const { return m_gateway; }
    const FakeServer& jobManager() const { return m_jobManager; }

 private:
    struct Job {
        std::string id{};
        Sort sort = Sort::Insert;
        std::string state{};  ///< empty: as its stage has it
        Stage stage = Stage::Created;
        std::string trace{}, task{};
        std::string savepoint{};
        int begins = 0;  ///< so often it came to run again
        bool over() const;
        std::string word() const;
    };
    struct Operation {
        std::string session{}, statement{};
        std::string job{};  ///< empty: it has none
    };

    FakeAnswer gatewayAnswer(const FakeRequest& request);
    FakeAnswer jobManagerAnswer(const FakeRequest& request);
    FakeAnswer submit(const FakeRequest& request);
    FakeAnswer page(const std::string& path) const;
    FakeAnswer queryPage(const Job& job, std::size_t number) const;
    FakeAnswer close(const Operation& operation);
    std::optional<FakeAnswer> moody(Mood mood);
    bool forgotten(const std::string& method, const Job& job, const std::string& rest);
    FakeAnswer jobAnswer(const std::string& method, Job& job, const std::string& rest);
    FakeAnswer look(Job& job) const;
    FakeAnswer savepointAnswer(Job& job);
    FakeAnswer overview() const;
    FakeAnswer checkpoints(const Job& job);
    FakeAnswer plan() const;
    FakeAnswer counters(const std::string& path) const;
    void end(Job& job, const std::string& state);

    mutable std::mutex m_mutex{};
    Mood m_gatewayMood = Mood::Right, m_jobManagerMood = Mood::Right;
    std::string m_version = "2.3.0";
    std::string m_explained{};  ///< empty: as a filtered table
    std::vector<FakeVertex> m_vertices{};
    std::chrono::steady_clock::time_point m_made{};  ///< since when they count
    std::map<Sort, Stage> m_hold{};
    bool m_holdIds = false, m_harmed = false, m_endOfPages = false;
    std::map<std::string, std::string> m_refused{};
    std::string m_savepointFailure{};
    std::string m_compiled{};
    std::vector<std::string> m_executed{};
    int m_forgets = 0;  ///< looks; -1: all
    bool m_counts = false, m_loseStops = false;
    std::optional<bool> m_loseStarts{};  ///< whether they are submitted
    int m_lostCheckpoints = 0;
    std::optional<int> m_given{}, m_passed{};
    int m_savepointLooks = 0, m_hanging = 0;
    std::map<std::string, Job> m_jobs{};
    std::vector<std::string> m_order{};  ///< of the jobs' ids
    std::map<std::string, Operation> m_operations{};
    std::map<std::string, bool> m_sessions{};  ///< whether it is open
    std::vector<std::vector<std::vector<std::string>>> m_pages{};
    FakeServer m_gateway{[this](const FakeRequest& request) { return gatewayAnswer(request); }};
    FakeServer m_jobManager{[this](const FakeRequest& request) { return jobManagerAnswer(request); }};
};

}  // namespace rw::test
