#include "widgets/document/editing/template_list.h"

#include <QPainter>

#include "widgets/document/editing/node_appearance.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kTile = 24, kGap = 8, kEnd = 4;

void paintTile(QPainter& painter, const QRect& tile, const TemplateEntry& entry) {
    const Theme& theme = Theme::of();
    const KindColors& colors = kindColors(theme.tokens(), entry.group);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.tint);
    painter.drawRoundedRect(tile, metrics::kControlRadius, metrics::kControlRadius);
    const int size = tile.width() * metrics::kIcon / kTile;  // it grows with the text, as the tile does
    const QPixmap icon = theme.pixmap(entry.icon, size, colors.text, painter.device()->devicePixelRatioF());
    const QPoint corner = tile.center() - QPoint(size / 2 - 1, size / 2 - 1);
    if (!icon.isNull()) painter.drawPixmap(QRect(corner, QSize(size, size)), icon);
}

}  // namespace

void TemplateModel::setEntries(std::vector<TemplateEntry> entries) {
    beginResetModel();
    m_entries = std::move(entries);
    endResetModel();
}

const TemplateEntry* TemplateModel::entry(const QModelIndex& index) const {
    const bool there = index.isValid() && static_cast<std::size_t>(index.row()) < m_entries.size();
    return there ? &m_entries[static_cast<std::size_t>(index.row())] : nullptr;
}

int TemplateModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant TemplateModel::data(const QModelIndex& index, int role) const {
    const TemplateEntry* found = entry(index);
    if (found == nullptr) return {};
    switch (role) {
        case Qt::DisplayRole:
            return found->name;
        case Qt::ToolTipRole:
            return found->name + u'\n' + found->hint;
        case Qt::AccessibleTextRole:
            return found->name + QStringLiteral(", ") + found->hint;
        default:
            return {};
    }
}

Qt::ItemFlags TemplateModel::flags(const QModelIndex& index) const {
    return QAbstractListModel::flags(index) | Qt::ItemIsDragEnabled;
}

QStringList TemplateModel::mimeTypes() const {
    return {QLatin1String(kTemplateMimeType)};
}

QMimeData* TemplateModel::mimeData(const QModelIndexList& indexes) const {
    const TemplateEntry* found = indexes.isEmpty() ? nullptr : entry(indexes.first());
    return found != nullptr ? toMimeData(found->node).release() : nullptr;
}

void TemplateDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                             const QModelIndex& index) const {
    const auto* model = qobject_cast<const TemplateModel*>(index.model());
    const TemplateEntry* entry = model != nullptr ? model->entry(index) : nullptr;
    if (entry == nullptr) return;
    const Theme& theme = Theme::of();
    const Tokens& tokens = theme.tokens();
    painter->save();
    const bool chosen = option.state.testFlag(QStyle::State_Selected);
    if (chosen || option.state.testFlag(QStyle::State_MouseOver)) {
        painter->fillRect(option.rect, chosen ? tokens.selected : tokens.hover);
    }
    const int tile = theme.scaled(kTile);
    const QRect box(option.rect.left() + metrics::kListPadding, option.rect.center().y() - tile / 2 + 1, tile,
                    tile);
    paintTile(*painter, box, *entry);
    const int left = box.right() + 1 + kGap;
    const int width = option.rect.right() + 1 - left - kEnd;
    const QFont name = theme.font(TextStyle::ItemName);
    const int upper = theme.scaled(16), lower = theme.scaled(14);
    const int top = option.rect.center().y() + 1 - (upper + lower) / 2;
    painter->setFont(name);
    painter->setPen(tokens.text);
    painter->drawText(QRect(left, top, width, upper), Qt::AlignLeft | Qt::AlignVCenter,
                      QFontMetrics(name).elidedText(entry->name, Qt::ElideRight, width));
    const QFont hint = theme.font(TextStyle::Caption);
    painter->setFont(hint);
    painter->setPen(tokens.dim);
    painter->drawText(QRect(left, top + upper, width, lower), Qt::AlignLeft | Qt::AlignVCenter,
                      QFontMetrics(hint).elidedText(entry->hint, Qt::ElideRight, width));
    painter->restore();
}

QSize TemplateDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {160, Theme::of().scaled(metrics::kItemRowHeight)};
}

int TemplateDelegate::widthFor(const QString& name) {
    return metrics::kListPadding + Theme::of().scaled(kTile) + kGap +
           QFontMetrics(Theme::of().font(TextStyle::ItemName)).horizontalAdvance(name) + kEnd;
}

QPixmap dragPixmap(const TemplateEntry& entry, double ratio) {
    const Theme& theme = Theme::of();
    const QFont font = theme.font(TextStyle::BodyStrong);
    const QSize size(QFontMetrics(font).horizontalAdvance(entry.name) + 52, 32);
    QPixmap pixmap(size * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.tokens().accent);
    painter.setBrush(theme.tokens().card);
    painter.drawRoundedRect(QRectF(0.5, 0.5, size.width() - 1, size.height() - 1), metrics::kCardRadius,
                            metrics::kCardRadius);
    paintTile(painter, QRect(6, 4, 24, 24), entry);
    painter.setFont(font);
    painter.setPen(theme.tokens().text);
    painter.drawText(QRect(40, 0, size.width() - 44, size.height()), Qt::AlignLeft | Qt::AlignVCenter,
                     entry.name);
    return pixmap;
}

}  // namespace rw::ui
