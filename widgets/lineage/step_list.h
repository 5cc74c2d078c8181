// The steps of an answer as a list: a line of marks down the way, each with its title and words.
#pragma once
#include <QAbstractListModel>
#include <QStyledItemDelegate>
#include <vector>

#include "widgets/lineage/answer_steps.h"

namespace rw::ui {

class StepModel : public QAbstractListModel {
    Q_OBJECT
 public:
    using QAbstractListModel::QAbstractListModel;

    void set(std::vector<AnswerStep> steps);
    const std::vector<AnswerStep>& steps() const { return m_steps; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

 private:
    std::vector<AnswerStep> m_steps{};
};

/// For lists with a StepModel.
class StepDelegate : public QStyledItemDelegate {
    Q_OBJECT
 public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace rw::ui
