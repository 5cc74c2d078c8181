#include "widgets/shortcuts/shortcuts_model.h"

#include "widgets/shortcuts/fixed_keys.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

ShortcutsModel::ShortcutsModel(const ActionRegistry& registry, QObject* parent)
    : QAbstractTableModel(parent), m_registry(registry) {
    for (const MainMenu menu : kMainMenus) {
        for (const RegisteredAction& each : registry.in(menu)) {
            if (!each.isList()) m_rows.push_back(each);
        }
    }
    for (const RegisteredAction& each : registry.all()) {
        if (!each.place) m_rows.push_back(each);
    }
}

bool ShortcutsModel::isChosen(int row) const {
    return m_registry.chosen().contains(action(row).id);
}

void ShortcutsModel::refresh() {
    if (m_rows.empty()) return;
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
}

int ShortcutsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ShortcutsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QString ShortcutsModel::cell(int row, int column) const {
    const RegisteredAction& each = action(row);
    switch (column) {
        case Command:
            return plainText(*each.action);
        case Menu:
            return each.place ? withoutMnemonic(menuTitle(each.place->menu)) : tr("Window");
        case Keys:
            return keysText(each.action->shortcut());
    }
    return {};
}

QVariant ShortcutsModel::data(const QModelIndex& index, int role) const {
    if (role == Qt::DisplayRole) return cell(index.row(), index.column());
    if (role == Qt::FontRole && index.column() == Keys && isChosen(index.row()))
        return Theme::of().font(TextStyle::BodyStrong);
    if (role == Qt::ToolTipRole && index.column() == Keys && isChosen(index.row())) {
        const QList<QKeySequence>& standard = action(index.row()).standard;
        return standard.isEmpty()
                   ? tr("You chose these keys. The program has none here.")
                   : tr("You chose these keys. The program has %1 here.").arg(keysText(standard.front()));
    }
    return {};
}

QVariant ShortcutsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
        case Command:
            return tr("Command");
        case Menu:
            return tr("Menu");
        case Keys:
            return tr("Keys");
    }
    return {};
}

}  // namespace rw::ui
