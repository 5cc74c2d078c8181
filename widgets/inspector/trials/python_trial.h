// The function of a node in Python, run once on a few rows, away from the GUI thread.
#pragma once
#include <QObject>
#include <QString>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "core/base/status.h"
#include "core/data/batch.h"
#include "widgets/background/latest.h"
#include "widgets/background/worker.h"

namespace rw::ui {

struct PythonTrialReport {
    Batch rows{};                                              ///< that the function gave
    std::vector<std::pair<std::size_t, std::string>> wrong{};  ///< rows given that failed, from 0, and why
    std::vector<Text> notes{};                                 ///< what the code printed, and how it was run
    Status failure{};                                          ///< why there are no rows
    std::string trace{};  ///< of the code of the function; empty: it did not come so far
    int line = 0;         ///< of the code, from 1, where it failed; 0: not known
};

class PythonTrial : public QObject {
    Q_OBJECT
 public:
    /// Runs the function; called on a thread that may wait for it.
    using Function = std::function<PythonTrialReport()>;

    explicit PythonTrial(QObject* parent = nullptr);

    /// A trial that is under way is left to itself: it ends at the function's limit of time.
    void start(Function function);
    /// Drops what there is.
    void clear();
    bool isRunning() const { return m_trial.isWaiting(); }
    const std::optional<PythonTrialReport>& report() const { return m_report; }

 Q_SIGNALS:
    void changed();

 private:
    std::optional<PythonTrialReport> m_report{};
    Worker m_worker{};
    Latest m_trial{this};
};

}  // namespace rw::ui
