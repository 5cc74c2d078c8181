// The head of a grid of a sample: of each column its name and type, how its values are spread, and how many
// and which they are; in red those that could not be read.
#pragma once
#include <QHeaderView>
#include <QStringList>

#include "core/look/column_profile.h"

namespace rw::ui {

class SampleModel;

class SampleHeader : public QHeaderView {
    Q_OBJECT
 public:
    /// Of a table with this model, which it outlives or goes with.
    explicit SampleHeader(const SampleModel& model, QWidget* parent = nullptr);

    QSize sizeHint() const override;

 protected:
    void paintSection(QPainter* painter, const QRect& rect, int section) const override;
    QSize sectionSizeFromContents(int section) const override;

 private:
    const SampleModel& m_model;
};

/// What stands under the histogram of a column: how many distinct values, how many NULLs, from which to
/// which; in place of that how many could not be read, if there are such.
QStringList profileLines(const SampleModel& model, int column);
/// What there is to say of values that could not be read, in sentences, behind the range of the others;
/// nothing where all were read.
QStringList profileTip(const ColumnProfile& profile);

}  // namespace rw::ui
