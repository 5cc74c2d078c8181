// “Replication slots” of a connection to PostgreSQL: what its server keeps for readers of changes, and
// dropping one.
#pragma once
#include <QWidget>
#include <optional>
#include <string>
#include <vector>

#include "core/connect/connections/connections.h"
#include "core/connect/tables/replication_slots.h"
#include "widgets/background/latest.h"
#include "widgets/background/worker.h"

class QGridLayout;
class QLabel;
class QPushButton;

namespace rw::ui {

class HintBox;

/// Nothing is asked before the button is pressed. Hidden for connections to other systems.
class ConnectionSlots : public QWidget {
    Q_OBJECT
 public:
    explicit ConnectionSlots(SecretSource secrets, QWidget* parent = nullptr);

    /// Nothing: it can't be asked, as it stands. What is known of another one is forgotten.
    void setConnection(const std::optional<Connection>& connection);

 protected:
    void changeEvent(QEvent* event) override;

 private:
    using Found = Result<std::vector<ReplicationSlot>>;
    /// Drops the slot of that name, if there is one, and lists those that are left.
    void ask(const std::string& drop);
    void cancel();
    void take(const Found& found);
    void askWhetherToDrop(const std::string& slot);
    void refresh();
    void showSlots();
    void addSlot(const ReplicationSlot& slot, int row);

    const SecretSource m_secrets;
    Worker m_worker;
    Latest m_asking{this};
    std::optional<Connection> m_connection{};
    std::optional<Found> m_found{};
    std::string m_dropping{};  ///< the slot that it is asked about; empty: none
    QPushButton* m_button;
    QLabel* m_state;
    QWidget* m_list;
    QGridLayout* m_rows = nullptr;
    HintBox* m_hint;
};

}  // namespace rw::ui
