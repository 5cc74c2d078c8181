// Runs queries one at a time away from the GUI thread. A newer one, or stop(), ends the one before at once.
#pragma once
#include <QElapsedTimer>
#include <QObject>
#include <memory>

#include "core/query/query.h"
#include "widgets/background/latest.h"

namespace rw::ui {

class QueryRunner : public QObject {
    Q_OBJECT
 public:
    using Answer = std::shared_ptr<const QueryAnswer>;

    using QObject::QObject;
    ~QueryRunner() override;

    void run(Query query);
    /// Nothing is answered any more.
    void stop();
    bool isRunning() const { return m_asking.isWaiting(); }
    qint64 elapsed() const { return m_clock.elapsed(); }

 Q_SIGNALS:
    void answered(const rw::ui::QueryRunner::Answer& answer);

 private:
    Worker m_worker;
    QElapsedTimer m_clock;
    Latest m_asking{this};
};

}  // namespace rw::ui
