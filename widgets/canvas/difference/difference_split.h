// The picture of differences as the page shows it: one view of both pipelines, or one of each beside the
// other.
#pragma once
#include "widgets/canvas/difference/difference_view.h"

class QSplitter;

namespace rw::ui {

class DifferenceSplit final : public DifferenceCanvas {
    Q_OBJECT
 public:
    explicit DifferenceSplit(QWidget* parent = nullptr);

    void setPictures(const std::vector<DifferencePicture>& pictures, const Catalogue& catalogue,
                     bool anew) override;
    void choose(int change) override;
    void fitAll() override;
    /// The only one, or the left one; the right one is hidden where there is only one.
    DifferenceView& first() const { return *m_first; }
    DifferenceView& second() const { return *m_second; }

 protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

 private:
    void fitSoon();

    DifferenceView *m_first, *m_second;
    QSplitter* m_parts;
    bool m_unseen = true;  ///< nobody has moved it since it was fitted
};

DifferenceCanvas* newDifferenceCanvas();

}  // namespace rw::ui
