"""The plain way to build the same answers: response models, ORM rows, resolvers and DataLoaders."""
