// What Run does while an engine is chosen that the pipeline can't be taken to from here: it is exported.
#pragma once
#include "core/deploy/engine.h"

class QWidget;

namespace rw::ui {

class OffersExport {
 public:
    OffersExport() = default;
    OffersExport(const OffersExport&) = delete;
    OffersExport& operator=(const OffersExport&) = delete;
    virtual ~OffersExport() = default;

    /// Under that button: the files for that engine, and the way to targets where it could run.
    virtual void offerExport(Engine engine, const QWidget& button) = 0;
};

}  // namespace rw::ui
