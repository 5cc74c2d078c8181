// “Test connection”: tries a connection, and shows what was tried, step by step.
#pragma once
#include <QDateTime>
#include <QWidget>
#include <optional>

#include "core/connect/connections/connection_tester.h"
#include "widgets/background/latest.h"
#include "widgets/background/worker.h"

class QGridLayout;
class QLabel;
class QPushButton;

namespace rw::ui {

class HintBox;

/// What came of a test, of the connection as it was then.
struct TestedState {
    Connection connection{};
    ConnectionReport report{};
    QDateTime at{};
};

class ConnectionSteps : public QWidget {
    Q_OBJECT
 public:
    ConnectionSteps(SecretSource secrets, ConnectionTesters testers, QWidget* parent = nullptr);

    /// The connection to test; nothing: it can't be tested, as it stands. A test of another one is cancelled.
    /// `last`: of the same one; null: it was not tested yet.
    void setConnection(const std::optional<Connection>& connection, const TestedState* last);

 Q_SIGNALS:
    void tested(const rw::ui::TestedState& state);
    /// To the field, or the secret, that mends what failed.
    void mendRequested(const QString& field);

 protected:
    void changeEvent(QEvent* event) override;

 private:
    void press();
    void start();
    void cancel();
    void take(TestedState state);
    void refresh();
    void showSteps();
    void showFailure(const ConnectionStep& failure);
    void addStep(const ConnectionStep& step, int row);

    const SecretSource m_secrets;
    const ConnectionTesters m_testers;
    Worker m_worker;
    Latest m_test{this};
    std::optional<Connection> m_connection{};
    std::optional<TestedState> m_last{};
    QPushButton* m_button;
    QLabel* m_state;
    QWidget* m_list;
    QGridLayout* m_rows = nullptr;
    HintBox* m_answer;
};

/// “4 ms”, “Failed: Reach”: the outcome of a test in a cell of a table.
QString outcomeOf(const ConnectionReport& report);

}  // namespace rw::ui
