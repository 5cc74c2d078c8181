// The actions that can have keys, as a table: the command, the menu where it is, its keys.
#pragma once
#include <QAbstractTableModel>
#include <vector>

#include "widgets/pane/action_registry.h"

namespace rw::ui {

class ShortcutsModel : public QAbstractTableModel {
    Q_OBJECT
 public:
    enum Column { Command, Menu, Keys, ColumnCount };

    /// Must not outlive the registry, to which nothing is added any more.
    explicit ShortcutsModel(const ActionRegistry& registry, QObject* parent = nullptr);

    const RegisteredAction& action(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    /// Whether a person chose its keys.
    bool isChosen(int row) const;
    void refresh();  ///< after a change of keys, language or theme

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
    QString cell(int row, int column) const;

    const ActionRegistry& m_registry;
    std::vector<RegisteredAction> m_rows{};
};

}  // namespace rw::ui
