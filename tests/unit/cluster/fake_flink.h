// A Flink as a small state machine: a SQL gateway and a JobManager that know the same jobs. Jobs come to run
// a step each time that somebody looks at them; what else befalls them says a test.
#pragma once
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/cluster/target.h"
#include "core/pipeline/pipeline.h"
#include "tests/unit/cluster/fake_server.h"

namespace rw::test {

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

    /// Further than that no job of the sort comes.
    void holdAt(Sort sort, Stage stage);
    /// Jobs are started, but nobody is told their ids.
    void holdIds(bool hold);
    /// A statement with that in it is refused with this trace, or, without one, never answered.
    void refuse(const std::string& part, const std::string& trace);

    /// EXPLAIN says that of the INSERTs instead of what it says of itself.
    void explain(const std::string& plan);
    /// COMPILE PLAN writes that to where it is told to; empty: it says that it did, and writes nothing.
    void compile(const std::string& plan);
    /// What stood in the files of EXECUTE PLAN when it came.
    std::vector<std::string> executed() const;

    /// All jobs of the sort that run get into this state. `trace`: why.
    void put(Sort sort, const std::string& state, const std::string& trace = {},
             const std::string& task = {});
    /// The JobManager does not know its jobs any more; or, for so many looks, not the INSERTs.
    void forget(int looks = -1);
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
    void end(Job& job, const std::string& state);

    mutable std::mutex m_mutex{};
    Mood m_gatewayMood = Mood::Right, m_jobManagerMood = Mood::Right;
    std::map<Sort, Stage> m_hold{};
    bool m_holdIds = false, m_harmed = false, m_endOfPages = false;
    std::map<std::string, std::string> m_refused{};
    std::string m_savepointFailure{};
    std::string m_explained{}, m_compiled{};
    std::vector<std::string> m_executed{};
    int m_forgets = 0;  ///< looks; -1: all
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
