#include "widgets/inspector/trials/python_trial.h"

namespace rw::ui {

PythonTrial::PythonTrial(QObject* parent) : QObject(parent) {}

void PythonTrial::start(Function function) {
    if (isRunning()) m_worker.abandon();
    m_trial.ask(m_worker, std::move(function), [this](PythonTrialReport report) {
        m_report = std::move(report);
        Q_EMIT changed();
    });
    Q_EMIT changed();
}

void PythonTrial::clear() {
    if (!isRunning() && !m_report) return;
    if (isRunning()) m_worker.abandon();
    m_trial.drop();
    m_report.reset();
    Q_EMIT changed();
}

}  // namespace rw::ui
