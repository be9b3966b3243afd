#pragma once
#include "projections/projection.hpp"

namespace suara::projections::activity {

// The fold with its rows in the database.
std::unique_ptr<Projection> make_projection();

}  // namespace suara::projections::activity
