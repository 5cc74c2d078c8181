// A picture of how two pipelines differ, for pages that compare them: cards and wires as on the canvas, which
// nobody can edit. The canvas draws it, and app hands it to the feature that has the page.
#pragma once
#include <QString>
#include <QWidget>
#include <vector>

#include "core/base/text.h"
#include "core/pipeline/node_kind.h"
#include "core/pipeline/pipeline.h"

namespace rw::ui {

/// Of one or of both pipelines. Changes are numbers: what belongs to none has none.
struct DifferencePicture {
    enum class Mark { Same, Added, Removed, Changed };
    enum class Fate { Untold, Kept, Lost, Impossible };
    struct Card {
        Node node{};
        Mark mark = Mark::Same;
        int parts = 0;               ///< of Changed: how many
        std::vector<int> changes{};  ///< that it belongs to
        Text summary{};              ///< one line for the card; may be empty
        Fate fate = Fate::Untold;    ///< of its state
        QString fateWords{};
    };
    struct Line {
        Wire wire{};
        Mark mark = Mark::Same;
        std::vector<int> changes{};
    };
    std::vector<Card> cards{};  ///< one that was replaced by another of its name is there twice
    std::vector<Line> lines{};
    std::vector<Note> notes{};
};

class DifferenceCanvas : public QWidget {
    Q_OBJECT
 public:
    using QWidget::QWidget;

    /// One picture, or two beside each other that scroll and zoom together. `catalogue` outlives it. What was
    /// in sight stays in sight, unless `anew`.
    virtual void setPictures(const std::vector<DifferencePicture>& pictures, const Catalogue& catalogue,
                             bool anew) = 0;
    /// Marks what belongs to a change, and scrolls to it where it is not in sight; below 0: nothing is
    /// marked.
    virtual void choose(int change) = 0;
    virtual void fitAll() = 0;

 Q_SIGNALS:
    void chosen(int change);  ///< a person clicked on something that belongs to it
};

/// Makes one; a function of the canvas.
using MakeDifferenceCanvas = DifferenceCanvas* (*)();

}  // namespace rw::ui
