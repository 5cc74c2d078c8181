#include "widgets/inspector/trials/python_trial.h"

namespace rw::ui {

PythonTrial::PythonTrial(QObject* parent) : QObject(parent), m_home(this) {}

void PythonTrial::start(Function function) {
    if (m_running) m_worker.leave();
    m_running = true;
    m_worker.start([this, home = m_home, number = ++m_number, function = std::move(function)] {
        PythonTrialReport report = function();
        home.send([this, number, report = std::move(report)] { take(number, report); });
    });
    Q_EMIT changed();
}

void PythonTrial::clear() {
    if (!m_running && !m_report) return;
    ++m_number;
    if (m_running) m_worker.leave();
    m_running = false;
    m_report.reset();
    Q_EMIT changed();
}

void PythonTrial::take(quint64 number, PythonTrialReport report) {
    if (number != m_number) return;
    m_running = false;
    m_report = std::move(report);
    Q_EMIT changed();
}

}  // namespace rw::ui
